import { PortcullisError } from "../../../src/errors.ts";
import type { JobAttempt } from "../../../src/jobs/jobs.ts";
import { createPeople } from "../../../src/services/directory/people.ts";
import type { Person, SlackUser } from "../../../src/services/directory/person.ts";
import { recordReview } from "../../../src/services/emergency/answer-review.ts";
import { askForReview } from "../../../src/services/emergency/ask-for-review.ts";
import { createEmergency } from "../../../src/services/emergency/create-emergency.ts";
import type { BreakGlassInSlack, GiveOnCall, ReviewToAnswer } from "../../../src/services/emergency/emergency.ts";
import type { EmergencySettings } from "../../../src/services/emergency/emergency-ports.ts";
import { dueReviewOf } from "../../../src/services/emergency/review-rows.ts";
import type { Store } from "../../support/a-store.ts";
import { aHouseOn } from "../access/a-house.ts";

const user = (userId: string, name: string, change: Partial<SlackUser> = {}): SlackUser => ({
  ...{
    teamId: "T1",
    userId,
    name,
    email: `${name.toLowerCase()}@example.com`,
    emailConfirmed: true,
    timeZone: "Europe/Lisbon",
    locale: "en-US",
  },
  ...{ isBot: false, isGuest: false, isDeactivated: false, isStranger: false },
  ...change,
});

/** Ana asks, Ben and Chiyo approve, Dora is on call by group and named for break-glass, Rut is an administrator. */
const USERS: readonly SlackUser[] = [
  user("UANA", "Ana"),
  user("UBEN", "Ben"),
  user("UCHI", "Chiyo"),
  user("UDORA", "Dora"),
  user("UDORA2", "Dora2"),
  user("UROOT", "Rut"),
  user("UEVE", "Eve"),
  user("UGUEST", "Gil", { isGuest: true }),
  user("ULEFT", "Fay", { isDeactivated: true }),
  user("UOTHER", "Oda", { teamId: "T2" }),
  user("UBOT", "Bot", { isBot: true }),
];
/** Those whom Slack rules out are on call and named all the same: nothing else would stop them. */
const UNTRUSTED = ["UGUEST", "ULEFT", "UOTHER", "UBOT"];

const SETTINGS: EmergencySettings = {
  approvers: ["UBEN", "UCHI"],
  selfApproval: false,
  maxConsolesPerRequest: 10,
  admins: ["UROOT"],
  onCall: ["SCALL", ...UNTRUSTED],
  onCallMaxHours: 8,
  breakGlass: new Map([["UDORA", "dora@example.com"], ["UDORA2", null], ...UNTRUSTED.map((id) => [id, null] as const)]),
  breakGlassMaxMinutes: 60,
  approvalsChannel: "C1",
};

const attempt = (isLast: boolean): JobAttempt => ({ jobId: "job", retryCount: 0, isLast, signal: new AbortController().signal });

/** A house in which somebody is on call and somebody may break the glass, with Slack's people as Slack would tell of them. */
export async function anEmergency(store: Store, change: Partial<EmergencySettings> = {}) {
  const house = aHouseOn(store);
  const users = new Map(USERS.map((each) => [each.userId, each]));
  const members: Record<string, readonly string[]> = { SCALL: ["UDORA"] };
  /** `refuses`: the word with which it answers everything. */
  const slack: { isDown: boolean; refuses: string | null } = { isDown: false, refuses: null };
  const answered = async <T>(answer: T): Promise<T> => {
    if (slack.isDown) throw new PortcullisError("slack_unreachable", { params: { method: "users.info" } });
    if (slack.refuses !== null) throw new PortcullisError("slack_refused", { params: { method: "users.info", reason: slack.refuses } });
    return answer;
  };
  const directory = {
    teamId: () => answered("T1"),
    user: (id: string) => answered(users.get(id) ?? null),
    userIdsByEmail: (email: string) => answered([...users.values()].filter((each) => each.email === email).map(({ userId }) => userId)),
    groupMembers: (id: string) => answered(members[id] ?? []),
  };
  const zpaUserByEmail = new Map([["dora2@example.com", "dora@example.com"]]);
  const people = createPeople({ directory, config: { allowedEmailDomains: ["example.com"], zpaUserByEmail, admins: ["UROOT"] } });
  const settings = { ...SETTINGS, ...change };
  const ports = { ...house.ports, people, catalog: house.catalog, onSettled: house.onSettled, settings };
  const emergency = createEmergency(ports);
  const asked: ReviewToAnswer[] = [];
  const ask = async (review: ReviewToAnswer): Promise<void> => void asked.push(await answered(review));
  house.known.set("UDORA", await people.trusted({ teamId: "T1", userId: "UDORA" }));
  let submissions = 0;
  const actor = (userId: string) => ({ teamId: userId === "UOTHER" ? "T2" : "T1", userId });
  return {
    ...house,
    users,
    members,
    slack,
    directory,
    people,
    zpaUserByEmail,
    emergencyPorts: ports,
    emergency,
    asked,
    actor,
    give: (over: Partial<GiveOnCall> = {}, by = "UDORA") =>
      emergency.give({
        by: actor(by),
        beneficiaryUserId: "UANA",
        consoleIds: ["1"],
        seconds: 7200,
        reason: "INC-77",
        submissionKey: `V${++submissions}`,
        ...over,
      }),
    breakGlass: (over: Partial<BreakGlassInSlack> = {}, by = "UDORA") =>
      emergency.breakGlass({
        by: actor(by),
        consoleIds: ["1"],
        seconds: null,
        reason: "INC-77",
        submissionKey: `V${++submissions}`,
        ...over,
      }),
    answerReview: recordReview(ports),
    visitReview: (reviewId: string, isLast = false) => askForReview({ ...house.ports, ask })({ reviewId }, attempt(isLast)),
    dueReview: (person: Pick<Person, "userId" | "zpaUser"> = { userId: "UDORA", zpaUser: "dora@example.com" }) =>
      dueReviewOf(house.db, person),
    events: async (kind: string) => house.db.selectFrom("ledger_event").selectAll().where("kind", "=", kind).orderBy("id").execute(),
    grantsGiven: async () => house.db.selectFrom("access_grant").selectAll().execute(),
  };
}

/** The one of a list that must hold exactly one. */
export function only<T>(list: readonly T[]): T {
  const [first, ...others] = list;
  if (first === undefined || others.length > 0) throw new Error(`${list.length} where one was expected`);
  return first;
}
