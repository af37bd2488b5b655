import { subDays } from "date-fns/subDays";
import { subMinutes } from "date-fns/subMinutes";
import { type Kysely, sql } from "kysely";
import { fromUnknown } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { SailPointApproval, SailPointIdentity } from "../sailpoint/approval.ts";
import { seenFromRow } from "./approval-rows.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import type { MAPPING_PROBLEMS } from "./messages.ts";

/** A person who was found is looked for anew after a day; one who was not, sooner: they may have joined, or confirmed their email. */
const FOUND_DAYS = 1;
const NOT_FOUND_MINUTES = 60;
const PAGE = 500;
/** Written in one statement. */
const TOGETHER = 500;

/** Why nobody in Slack is asked for an identity. */
type MappingProblem = (typeof MAPPING_PROBLEMS)[number];

type Known = Pick<SailPointIdentity, "id" | "name" | "email" | "type">;

/**
 * Finds the Slack user of everybody whom a pending approval waits for: the one active person with that email, confirmed in Slack, whose
 * identity is the only one with it. It decides who is told and whose queue shows it; who may decide is asked of SailPoint at the decision.
 *
 * @throws PortcullisError `slack_unreachable` | `slack_refused`; whoever was found by then stays found
 */
export async function mapIdentities(ports: InboxPorts): Promise<void> {
  await noteIdentities(ports.db);
  const teamId = await ports.directory.teamId();
  for (const identity of await unmapped(ports)) {
    const found = await slackUserOf(ports, identity, teamId);
    await ports.db
      .updateTable("sailpoint_identity")
      .set({ looked_at: ports.clock.now(), ...found })
      .where("id", "=", identity.id)
      .execute();
  }
}

/** Writes down whom the pending approvals name, by their last name and email. */
async function noteIdentities(db: Kysely<Database>): Promise<void> {
  const named = new Map<string, Known & { readonly email: string | null }>();
  for (let after = ""; ; ) {
    const rows = await db
      .selectFrom("sailpoint_approval")
      .select(["id", "body", "version"])
      .where("status", "=", "PENDING")
      .where("id", ">", after)
      .orderBy("id")
      .limit(PAGE)
      .execute();
    for (const row of rows) for (const each of namedIn(seenFromRow(row).approval)) named.set(each.id, each);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  const all = [...named.values()];
  for (let from = 0; from < all.length; from += TOGETHER) {
    const part = all.slice(from, from + TOGETHER);
    await db
      .insertInto("sailpoint_identity")
      .values(
        part.map(({ id, type, name, email }) => ({ id, type, name, email, user_id: null, problem: null, looked_at: null, told_at: null })),
      )
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
function namedIn({ assignedTo }: SailPointApproval): readonly (Known & { readonly email: string | null })[] {
  return (assignedTo ?? []).flatMap(({ members, ...self }) =>
    members.length === 0 ? [known(self)] : members.map((each) => known({ ...each, type: "IDENTITY" })),
  );
}

const known = ({ id, type, name, email }: Known) => ({ id, type, name, email: email?.trim().toLowerCase() || null });

interface IdentityRow {
  readonly id: string;
  readonly type: string | null;
  readonly email: string | null;
  readonly namesakes: number;
}

/** Of those whom something waits for now. */
async function unmapped({ db, clock }: InboxPorts): Promise<readonly IdentityRow[]> {
  const now = clock.now();
  return db
    .selectFrom("sailpoint_identity as identity")
    .select([
      "identity.id",
      "identity.type",
      "identity.email",
      sql<number>`(select count(*)::int from sailpoint_identity other where other.email = identity.email)`.as("namesakes"),
    ])
    .where((eb) =>
      eb.or([
        eb("looked_at", "is", null),
        eb.and([eb("user_id", "is", null), eb("looked_at", "<", subMinutes(now, NOT_FOUND_MINUTES))]),
        eb("looked_at", "<", subDays(now, FOUND_DAYS)),
        // A second identity with the same email came: neither is anybody's any more.
        eb.and([
          eb("user_id", "is not", null),
          sql<boolean>`exists (select from sailpoint_identity other where other.email = identity.email and other.id <> identity.id)`,
        ]),
      ]),
    )
    .where(sql<boolean>`exists (select from sailpoint_approval where status = 'PENDING' and assignee_ids @> array[identity.id])`)
    .orderBy("identity.id")
    .execute();
}

interface Found {
  readonly user_id: string | null;
  readonly problem: MappingProblem | null;
}

async function slackUserOf({ people, directory }: InboxPorts, { type, email, namesakes }: IdentityRow, teamId: string): Promise<Found> {
  const nobody = (problem: MappingProblem): Found => ({ user_id: null, problem });
  if (type === "GOVERNANCE_GROUP") return nobody("members_not_listed");
  if (type !== null && type !== "IDENTITY") return nobody("not_a_person");
  if (email === null) return nobody("no_email");
  if (namesakes > 1) return nobody("several_identities");
  const [userId, ...others] = await directory.userIdsByEmail(email);
  if (userId === undefined) return nobody("no_slack_user");
  if (others.length > 0) return nobody("several_slack_users");
  try {
    const person = await people.trusted({ teamId, userId });
    return person.email === email ? { user_id: userId, problem: null } : nobody("no_slack_user");
  } catch (thrown) {
    const { code } = fromUnknown(thrown);
    if (code === "email_shared") return nobody("several_slack_users");
    if (isVerdictOnPerson(code)) return nobody("not_trusted");
    throw thrown;
  }
}
