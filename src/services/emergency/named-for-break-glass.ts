import type { Kysely } from "kysely";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { requestFromRow } from "../access/request-rows.ts";
import type { People, Person, SlackDirectory } from "../directory/person.ts";

interface NamedPorts {
  readonly db: Kysely<Database>;
  readonly people: Pick<People, "trusted">;
  readonly directory: Pick<SlackDirectory, "teamId">;
  readonly breakGlass: ReadonlyMap<string, string | null>;
  readonly zpaUserByEmail: ReadonlyMap<string, string>;
}

/** What Slack says of the bot's own token. A workspace that is being recovered, or whose app somebody took out, answers everything so. */
const ABOUT_THE_BOT: ReadonlySet<string> = new Set(["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"]);

const saysNothingOfThem = ({ code, details }: PortcullisError): boolean =>
  code === "slack_unreachable" || (code === "slack_refused" && ABOUT_THE_BOT.has(String(details.params?.reason)));

/**
 * The person behind a Slack user id who acts without Slack: as Slack knows them, or, while it does not answer or refuses the bot's own
 * token, as BREAK_GLASS names them. What Slack has to say against somebody always counts; only its silence is stood in for, and a word
 * about the bot is silence about the person. Name, zone and team are then those of the last
 * request that they had a part in.
 *
 * @throws PortcullisError whatever `people.trusted` refuses, `break_glass_not_named`, `break_glass_needs_email` when Slack is silent and
 *   the settings know no email
 */
export const namedForBreakGlass =
  ({ db, people, directory, breakGlass, zpaUserByEmail }: NamedPorts) =>
  async (userId: string): Promise<Person> => {
    const email = breakGlass.get(userId);
    if (email === undefined) throw new PortcullisError("break_glass_not_named");
    try {
      return await people.trusted({ teamId: await directory.teamId(), userId });
    } catch (thrown) {
      if (!saysNothingOfThem(fromUnknown(thrown))) throw thrown;
      if (email === null) throw new PortcullisError("break_glass_needs_email", {}, { cause: thrown });
    }
    const known = await lastKnown(db, userId);
    return {
      teamId: known?.teamId ?? (await anyTeam(db)),
      userId,
      name: known?.name ?? email,
      email,
      zpaUser: zpaUserByEmail.get(email) ?? email,
      timeZone: known?.timeZone ?? "Etc/UTC",
      locale: known?.locale ?? "en-US",
    };
  };

async function lastKnown(db: Kysely<Database>, userId: string): Promise<Person | null> {
  const row = await db
    .selectFrom("request")
    .selectAll()
    .where((where) => where.or([where("requester_user_id", "=", userId), where("beneficiary_user_id", "=", userId)]))
    .orderBy("number", "desc")
    .executeTakeFirst();
  if (row === undefined) return null;
  const { requester, beneficiary } = requestFromRow(row);
  return requester.userId === userId ? requester : beneficiary;
}

/** One workspace is served. Empty on an installation that has never seen a request. */
async function anyTeam(db: Kysely<Database>): Promise<string> {
  const row = await db.selectFrom("request").selectAll().orderBy("number", "desc").executeTakeFirst();
  return row === undefined ? "" : requestFromRow(row).requester.teamId;
}
