import { subDays } from "date-fns/subDays";
import { subMinutes } from "date-fns/subMinutes";
import { sql } from "kysely";
import { fromUnknown } from "../../errors.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import type { MAPPING_PROBLEMS } from "./messages.ts";

/** A person who was found is looked for anew after a day; one who was not, sooner: they may have joined, or confirmed their email. */
const FOUND_DAYS = 1;
const NOT_FOUND_MINUTES = 60;

/** Why nobody in Slack is asked for an identity. */
type MappingProblem = (typeof MAPPING_PROBLEMS)[number];

/**
 * Finds the Slack user of everybody whom a pending approval waits for: the one active person with that email, confirmed in Slack, whose
 * identity is the only one with it. It decides who is told and whose queue shows it; who may decide is asked of SailPoint at the decision.
 *
 * @throws PortcullisError `slack_unreachable` | `slack_refused`; whoever was found by then stays found
 */
export async function mapIdentities(ports: InboxPorts): Promise<void> {
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
