import { addMinutes } from "date-fns/addMinutes";
import { type FormField, PortcullisError } from "../../errors.ts";
import { doneWithin } from "../../timers.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { SlackActor } from "../directory/person.ts";
import { refuseUnstorable } from "../policy/storable-text.ts";
import { CREDENTIAL_TYPES } from "../zpa/credentials/credential.ts";
import { administrator, type CredentialPorts } from "./credentials-ports.ts";
import type { CredentialsService, HandoverOffer, OfferHandover } from "./credentials-service.ts";
import type { CredentialFields } from "./handover.ts";
import { changeHandover, insertHandover, lockOpenHandover } from "./handover-rows.ts";
import { readCredential } from "./list-credentials.ts";

const HANDOVER_MINUTES = 10;
const FORM_MILLISECONDS = 2_200;
/** Ours: what ZPA takes is not documented. */
const LONGEST_NAME = 250;
const LONGEST_DESCRIPTION = 1000;

/**
 * Makes the one-time link by which this person hands one secret to ZPA. What they had open before is closed: one link a person.
 * Everything but the secret is settled here, and the page can change none of it.
 */
export const offerHandover =
  (ports: CredentialPorts): CredentialsService["offer"] =>
  async (command) => {
    const { locale } = await administrator(ports, command.by);
    const token = ports.token();
    const url = ports.pageUrl(token);
    if (url === null) throw new PortcullisError("credential_page_off");
    const wanted = command.kind === "add" ? await beforeFormEnds(ports, toAdd(ports, command)) : await toRotate(ports, command);
    return ports.db.transaction().execute(async (trx) => {
      const by: SlackActor = { teamId: command.by.teamId, userId: command.by.userId };
      const before = await lockOpenHandover(trx, by);
      const now = ports.clock.now();
      const event = { requestId: null, actor: by.userId, before: null };
      if (before !== null) {
        const why = now >= before.expiresAt ? "expired" : "replaced";
        await changeHandover(trx, before.id, { closed: { at: now, why } });
        await appendToLedger(trx, now, [{ ...event, kind: "credential.link-closed", subject: before.id, after: { why } }]);
      }
      const offered = { ...wanted, id: ports.ids.uuid(), kind: command.kind, expiresAt: addMinutes(now, HANDOVER_MINUTES) };
      await insertHandover(trx, { ...offered, by, locale, createdAt: now }, token);
      const after = { for: command.kind, credentialId: wanted.credentialId, ...wanted.fields };
      await appendToLedger(trx, now, [{ ...event, kind: "credential.link-given", subject: offered.id, after }]);
      return {
        handoverId: offered.id,
        kind: command.kind,
        url,
        expiresAt: offered.expiresAt,
        fields: wanted.fields,
      } satisfies HandoverOffer;
    });
  };

interface Wanted {
  readonly credentialId: string | null;
  readonly fields: CredentialFields;
}

/** A form hears nothing after three seconds: better no link than one that nobody sees. @throws PortcullisError `zpa_busy` */
async function beforeFormEnds(ports: CredentialPorts, reading: Promise<Wanted>): Promise<Wanted> {
  if (!(await doneWithin(ports.timers, FORM_MILLISECONDS, reading))) throw new PortcullisError("zpa_busy");
  return reading;
}

async function toAdd({ zpa }: CredentialPorts, command: OfferHandover & { readonly kind: "add" }): Promise<Wanted> {
  const { type, microtenantId } = command;
  const name = typed(command.name, { field: "credentialName", longest: LONGEST_NAME });
  const userName = typed(command.userName, { field: "credentialUser", longest: LONGEST_NAME });
  const userDomain = typed(command.userDomain, { field: "credentialDomain", longest: LONGEST_NAME });
  const description = typed(command.description, { field: "credentialDescription", longest: LONGEST_DESCRIPTION });
  if (name === null) throw new PortcullisError("credential_incomplete", { field: "credentialName", params: { missing: "name" } });
  if (userName === null && type !== "PASSWORD")
    throw new PortcullisError("credential_incomplete", { field: "credentialUser", params: { missing: "userName" } });
  const fields: CredentialFields = {
    name,
    type,
    userName,
    // ZPA takes it and forgets it.
    userDomain: type === "PASSWORD" ? null : userDomain,
    description,
    microtenantId,
  };
  await refuseTakenName({ zpa }, fields);
  return { credentialId: null, fields };
}

async function toRotate(ports: CredentialPorts, command: OfferHandover & { readonly kind: "rotate" }): Promise<Wanted> {
  const { credentialId, microtenantId } = command;
  const { name, userName, userDomain, description, ...stands } = await readCredential(ports, credentialId, microtenantId);
  const type = CREDENTIAL_TYPES.find((each) => each === stands.type);
  if (type === undefined) throw new PortcullisError("credential_type_unknown", { params: { name, type: stands.type } });
  return { credentialId, fields: { name, type, userName, userDomain, description, microtenantId } };
}

/**
 * Whether ZPA refuses a name twice is not known. Two of one name could not be told apart by people, nor by us after a lost answer.
 * @throws PortcullisError `credential_name_taken` with `field`, `zpa_*`
 */
export async function refuseTakenName(
  { zpa }: Pick<CredentialPorts, "zpa">,
  { name, microtenantId }: Pick<CredentialFields, "name" | "microtenantId">,
): Promise<void> {
  const listed = await zpa.credentials.list({ microtenantId });
  if (listed.some((each) => each.name.toLowerCase() === name.toLowerCase()))
    throw new PortcullisError("credential_name_taken", { field: "credentialName", params: { name } });
}

function typed(text: string | null, { field, longest }: { readonly field: FormField; readonly longest: number }): string | null {
  const trimmed = text?.trim() ?? "";
  refuseUnstorable(trimmed, field);
  if (trimmed.length > longest) throw new PortcullisError("text_too_long", { field, params: { limit: longest } });
  return trimmed === "" ? null : trimmed;
}
