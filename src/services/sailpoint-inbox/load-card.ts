import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { Decider } from "../governed/foretell-governed.ts";
import type { GovernedForecast } from "../governed/governed.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";
import { assigneesOf, readSeen } from "./approval-rows.ts";
import { decisionsOf } from "./decision-rows.ts";
import type { SailPointCard } from "./inbox.ts";

export interface CardPorts {
  readonly db: Kysely<Database>;
  /** Where people decide in SailPoint itself; null when that is not known. */
  readonly webUrl: string | null;
  /** What approving would open; null where no access comes of an approval. */
  readonly foretell: (approval: SailPointApproval, decider: Decider | null) => Promise<GovernedForecast | null>;
}

/** An approval as one person sees it; null when it is not known. */
export async function loadCard({ db, webUrl, foretell }: CardPorts, approvalId: string, userId: string): Promise<SailPointCard | null> {
  const seen = await readSeen(db, approvalId);
  if (seen === null) return null;
  const own = await identitiesOfUser(db, userId);
  const asked = assigneesOf(seen.approval);
  const decider = ownPlace(seen.approval, own);
  return {
    ...seen,
    isAsked: own.some((id) => asked.includes(id)),
    decisions: await decisionsOf(db, approvalId),
    url: webUrl,
    governed: await foretell(seen.approval, decider),
  };
}

/** As whom a person would decide, by all identities of theirs: the one whom it waits for. */
export const ownPlace = ({ assignedTo }: SailPointApproval, own: readonly string[]): Decider | null =>
  (assignedTo ?? []).flatMap(({ members, ...self }) => [self, ...members]).find(({ id }) => own.includes(id)) ?? null;

/** Of SailPoint's identities, those that are this Slack user's. */
export async function identitiesOfUser(db: Kysely<Database>, userId: string): Promise<readonly string[]> {
  const rows = await db.selectFrom("sailpoint_identity").select("id").where("user_id", "=", userId).execute();
  return rows.map(({ id }) => id);
}

/**
 * The page in which people find their approvals, from the address of the API: `acme.api.identitynow.com` is `acme.identitynow.com` to them.
 * Null for an address of another form.
 */
export function webUrlOf(apiUrl: string): string | null {
  const tenant = /^https:\/\/([a-z0-9-]+)\.api\.(identitynow(?:-demo)?\.com|saas\.sailpoint\.com)\/*$/i.exec(apiUrl);
  return tenant === null ? null : `https://${tenant[1]}.${tenant[2]}/ui/d/approvals`;
}
