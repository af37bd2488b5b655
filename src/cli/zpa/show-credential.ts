import { differenceInDays } from "date-fns/differenceInDays";
import type { CredentialUse } from "../../services/credentials/credentials-service.ts";
import type { PrivilegedCredential } from "../../services/zpa/credentials/credential.ts";
import type { Shown } from "./frame.ts";
import { factLines, tableLines } from "./table.ts";

/** A credential and how many whole days its secret is old; null where ZPA tells no instant. */
export interface AgedCredential extends PrivilegedCredential {
  readonly ageDays: number | null;
}

/** One without a reset is as old as itself. */
export const aged = (credential: PrivilegedCredential, now: Date): AgedCredential => {
  const since = credential.lastResetAt ?? credential.createdAt;
  return { ...credential, ageDays: since === null ? null : Math.max(0, differenceInDays(now, since)) };
};

/** The oldest secret first; one of unknown age before all others. */
export const oldestFirst = (one: AgedCredential, other: AgedCredential): number =>
  ageOf(other) - ageOf(one) || one.name.localeCompare(other.name, "en");

/** Whether a secret is older than so many days. One of unknown age counts as old. */
export const isOlderThan = (days: number, credential: AgedCredential): boolean => ageOf(credential) > days;

const ageOf = ({ ageDays }: AgedCredential): number => ageDays ?? Number.MAX_SAFE_INTEGER;

const dayOf = (at: Date | null): string | null => at?.toISOString().slice(0, 10) ?? null;
const daysText = ({ ageDays }: AgedCredential): string => (ageDays === null ? "not known" : String(ageDays));
const userText = ({ userName, userDomain }: PrivilegedCredential): string | null =>
  userDomain === null ? userName : `${userName ?? ""} (${userDomain})`;

const withoutRaw = ({ raw: _, ...fields }: AgedCredential) => fields;

/** One, with the object as ZPA sent it for programs: ZPA sends no secret, and the client would drop it. */
export const showCredential = (credential: AgedCredential): Shown => ({
  json: { credential: { ...withoutRaw(credential), raw: credential.raw } },
  lines: credentialLines(credential),
});

export const credentialLines = (credential: AgedCredential): readonly string[] =>
  factLines([
    ["Id", credential.id],
    ["Name", credential.name],
    ["Description", credential.description],
    ["Type", credential.type],
    ["User", credential.userName],
    ["Domain", credential.userDomain],
    ["Last reset", credential.lastResetAt?.toISOString() ?? null],
    ["Days ago", daysText(credential)],
    ["Created", credential.createdAt?.toISOString() ?? null],
    ["Microtenant", credential.microtenantName ?? credential.microtenantId ?? "Default"],
  ]);

/** Many. */
export const showCredentials = (credentials: readonly AgedCredential[], width: number | null): Shown => ({
  json: { credentials: credentials.map(withoutRaw) },
  lines:
    credentials.length === 0
      ? ["No credential."]
      : tableLines(
          ["Id", "Name", "Type", "User", "Last reset", "Days ago", "Description"],
          credentials.map((credential) => [
            credential.id,
            credential.name,
            credential.type,
            userText(credential),
            dayOf(credential.lastResetAt),
            daysText(credential),
            credential.description,
          ]),
          width,
        ),
});

/** Which rules would lose a credential, for whoever is about to delete it. */
export function useLines(uses: readonly CredentialUse[]): readonly string[] {
  if (uses.length === 0) return ["No rule of the credential policy names it; whether a pool of credentials has it was not looked at."];
  return ["These rules of the credential policy use it, and ZPA presumably refuses while one does:", ...uses.map(nameLine)];
}

const nameLine = ({ name, ruleId }: CredentialUse): string => factLines([["  -", `${name} (${ruleId})`]]).join("");
