import { sql, type Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { SailPointApproval, SailPointIdentity } from "../sailpoint/approval.ts";

type Known = Pick<SailPointIdentity, "id" | "name" | "email" | "type">;

/** Written in one statement. */
const TOGETHER = 500;

/**
 * Writes down whom approvals wait for, by their latest name and email, in the transaction that stores the approvals. In the order of the
 * ids: two of them wait for each other, and never both ways.
 */
export async function noteIdentities(trx: Transaction<Database>, approvals: readonly SailPointApproval[]): Promise<void> {
  const named = new Map(approvals.flatMap(namedIn).map((each) => [each.id, each]));
  const all = [...named.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  for (let from = 0; from < all.length; from += TOGETHER) {
    const rows = all
      .slice(from, from + TOGETHER)
      .map((each) => ({ ...each, user_id: null, problem: null, looked_at: null, told_at: null }));
    await trx
      .insertInto("sailpoint_identity")
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .column("id")
          .doUpdateSet({
            type: sql`excluded.type`,
            name: sql`excluded.name`,
            email: sql`excluded.email`,
            // Another email is another person, who is looked for at once.
            user_id: sql`case when sailpoint_identity.email is distinct from excluded.email then null else sailpoint_identity.user_id end`,
            looked_at: sql`case when sailpoint_identity.email is distinct from excluded.email then null else sailpoint_identity.looked_at end`,
          })
          .where(sql<boolean>`(sailpoint_identity.type, sailpoint_identity.name, sailpoint_identity.email)
            is distinct from (excluded.type, excluded.name, excluded.email)`),
      )
      .execute();
  }
}

/** A group is asked through its members, as far as they are listed; one of whom nobody is listed stands for itself. */
function namedIn({ assignedTo }: SailPointApproval): readonly Known[] {
  return (assignedTo ?? []).flatMap(({ members, ...self }) =>
    members.length === 0 ? [known(self)] : members.map((each) => known({ ...each, type: "IDENTITY" })),
  );
}

const known = ({ id, type, name, email }: Known): Known => ({ id, type, name, email: email?.trim().toLowerCase() || null });
