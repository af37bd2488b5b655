import type { SailPointApproval, SailPointDecision } from "../sailpoint/approval.ts";
import type { AskPorts } from "./read-ask.ts";

/**
 * Who asked for an approval in SailPoint, and whom it is for, by every account that ZPA knows as theirs.
 * @param others what ZPA knows them as besides
 */
export function interestedIn(
  { requester, requestee }: Pick<SailPointApproval, "requester" | "requestee">,
  others: readonly string[],
  settings: Pick<AskPorts["settings"], "zpaUserByEmail">,
) {
  const interested = [requester, requestee].flatMap((identity) => identity ?? []);
  const ids = interested.map(({ id }) => id);
  const zpaUsers = [...others, ...interested.map(({ email }) => zpaUserOf(email, settings))];
  return {
    zpaUsers,
    /** Whether a decision is one of theirs. */
    isOwn: ({ identity: { id, email } }: SailPointDecision): boolean => {
      const zpaUser = zpaUserOf(email, settings);
      return ids.includes(id) || (zpaUser !== null && zpaUsers.includes(zpaUser));
    },
  };
}

/** What ZPA knows somebody of SailPoint's as; null for one without an email. */
export function zpaUserOf(email: string | null, { zpaUserByEmail }: Pick<AskPorts["settings"], "zpaUserByEmail">): string | null {
  const address = email?.trim().toLowerCase() ?? "";
  return address === "" ? null : (zpaUserByEmail.get(address) ?? address);
}
