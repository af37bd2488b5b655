import { subMinutes } from "date-fns/subMinutes";
import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";
import { failureOf } from "../access/failure.ts";
import type { CredentialDraft, CredentialSecret, PrivilegedCredential } from "../zpa/credentials/credential.ts";
import type { CredentialPorts } from "./credentials-ports.ts";
import type { Handover } from "./handover.ts";
import type { SettledOutcome } from "./record-outcome.ts";

type WritePorts = Pick<CredentialPorts, "zpa" | "ids" | "log">;

/** ZPA's clock and ours need not agree. */
const SKEW_MINUTES = 5;

/**
 * Sends the secret, once, and proves by reading back that it is there. After a lost answer it looks what stands, and never sends again.
 * Throws nothing: from here on every way ends with what is known.
 */
export async function writeSecret(
  ports: WritePorts,
  handover: Handover,
  { current, secret }: { readonly current: PrivilegedCredential | null; readonly secret: CredentialSecret },
): Promise<SettledOutcome> {
  const draft: CredentialDraft = { ...handover.fields, secret };
  try {
    const credentialId = await send(ports, current, draft);
    return await readBack(ports, handover, credentialId);
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (isWithoutEffect(error.code))
      return { outcome: "REFUSED", credentialId: handover.credentialId, failure: noted(ports, handover, error) };
    return lookAfter(ports, handover, error);
  }
}

async function send({ zpa }: WritePorts, current: PrivilegedCredential | null, draft: CredentialDraft): Promise<string> {
  if (current === null) return (await zpa.credentials.create(draft)).id;
  await zpa.credentials.update(current, draft);
  return current.id;
}

/** The client says `zpa_timeout` wherever a write may have had its effect; its other codes, and refused drafts, mean that it had none. */
const isWithoutEffect = (code: ErrorCode): boolean =>
  code !== "zpa_timeout" && (code.startsWith("zpa_") || code === "credential_incomplete" || code === "credential_type_fixed");

async function readBack(ports: WritePorts, handover: Handover, credentialId: string): Promise<SettledOutcome> {
  try {
    const stands = await ports.zpa.credentials.get(credentialId, { microtenantId: handover.fields.microtenantId });
    if (isAsMeant(handover, stands)) return { outcome: "DONE", credentialId, failure: null };
    return { outcome: "UNKNOWN", credentialId, failure: noted(ports, handover, new PortcullisError("credential_differs")) };
  } catch (thrown) {
    return { outcome: "UNKNOWN", credentialId, failure: noted(ports, handover, unproven(thrown)) };
  }
}

/** ZPA tells no secret: that it was written is known by the instant of its reset. */
function isAsMeant({ kind, fields, resetBefore }: Handover, stands: PrivilegedCredential): boolean {
  const { name, type, userName, userDomain } = fields;
  // Of a PASSWORD ZPA need not keep whose it is.
  const isItsUser = type === "PASSWORD" || (stands.userName === userName && stands.userDomain === userDomain);
  return stands.name === name && stands.type === type && isItsUser && (kind === "add" || isReset(stands.lastResetAt, resetBefore));
}

const isReset = (at: Date | null, before: Date | null): boolean => at !== null && (before === null || at > before);

/**
 * What a write whose answer was lost has left in ZPA. A credential of this name was not there right before, so one that is there now, of the
 * same type, is ours; of a rotation the instant of the last reset tells.
 */
export async function lookFor({ zpa }: Pick<WritePorts, "zpa">, handover: Handover): Promise<string | null> {
  const { kind, credentialId, fields, resetBefore, usedAt } = handover;
  const { microtenantId } = fields;
  if (credentialId !== null) {
    const stands = await zpa.credentials.get(credentialId, { microtenantId });
    return (kind === "add" ? isAsMeant(handover, stands) : isReset(stands.lastResetAt, resetBefore)) ? credentialId : null;
  }
  const earliest = usedAt === null ? null : subMinutes(usedAt, SKEW_MINUTES);
  const found = (await zpa.credentials.list({ microtenantId })).filter(
    ({ name, type, createdAt }) =>
      name === fields.name && type === fields.type && (createdAt === null || earliest === null || createdAt >= earliest),
  );
  // Of two nobody can tell which one is ours.
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

async function lookAfter(ports: WritePorts, handover: Handover, error: PortcullisError): Promise<SettledOutcome> {
  const failure = noted(ports, handover, unproven(error));
  try {
    const credentialId = await lookFor(ports, handover);
    if (credentialId !== null) return { outcome: "DONE", credentialId, failure: null };
  } catch (thrown) {
    ports.log.warn({ err: fromUnknown(thrown), handoverId: handover.id }, "credential.not-looked-for");
  }
  return { outcome: "UNKNOWN", credentialId: handover.credentialId, failure };
}

/** After something was sent the question is not whether ZPA answers, but what it did. */
const unproven = (thrown: unknown): PortcullisError => {
  const error = fromUnknown(thrown);
  return new PortcullisError("credential_effect_unknown", error.details, { cause: error });
};

const noted = ({ ids, log }: WritePorts, { id }: Handover, error: PortcullisError) =>
  failureOf(error, ids.reference(), log, { handoverId: id });
