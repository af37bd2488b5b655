import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import { decisionsOf } from "./decision-rows.ts";
import type { DecisionState } from "./inbox.ts";

/** In these a yes may have reached SailPoint, also where that is not proven. */
const SENT: ReadonlySet<DecisionState> = new Set(["SENDING", "SENT", "CONFIRMED", "UNPROVEN"]);

/** Who gave their yes to an approval by a click here, for which SailPoint names the token's owner. Slack user ids. */
export const yesInSlack =
  ({ db }: { readonly db: Kysely<Database> }) =>
  async (approvalId: string): Promise<readonly string[]> => {
    const decisions = await decisionsOf(db, approvalId);
    return [...new Set(decisions.filter(({ deed, state }) => deed.kind === "approve" && SENT.has(state)).map(({ by }) => by.userId))];
  };
