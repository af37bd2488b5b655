/**
 * Contract: who may give access on call, and who may break the glass. Every cell was written by hand; those whom Slack rules out are on
 * call and named for break-glass all the same.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aStore, type Store } from "../../support/a-store.ts";
import { codeOf } from "../../support/code-of.ts";
import { anEmergency } from "./an-emergency.ts";

const TABLE = `
who                                              | give to Ana        | give to self       | may break glass       | break glass
UDORA   on call by group, and named              | ok                 | grant_to_self      | ok                    | ok
UROOT   an administrator who is not on call      | on_call_only       | on_call_only       | break_glass_not_named | break_glass_not_named
UBEN    an approver                              | on_call_only       | on_call_only       | break_glass_not_named | break_glass_not_named
UANA    a requester                              | on_call_only       | on_call_only       | break_glass_not_named | break_glass_not_named
UEVE    anyone else of the team                  | on_call_only       | on_call_only       | break_glass_not_named | break_glass_not_named
UGUEST  a guest                                  | person_is_guest    | person_is_guest    | person_is_guest       | person_is_guest
ULEFT   who has left Slack                       | person_deactivated | person_deactivated | person_deactivated    | person_deactivated
UOTHER  of another team                          | team_not_trusted   | team_not_trusted   | team_not_trusted      | team_not_trusted
UBOT    a bot                                    | person_is_bot      | person_is_bot      | person_is_bot         | person_is_bot
UGHOST  an id that Slack does not know           | person_unknown     | person_unknown     | person_unknown        | person_unknown`;

let store: Store;
let at: Awaited<ReturnType<typeof anEmergency>>;
beforeAll(async () => {
  store = await aStore();
  at = await anEmergency(store);
});
afterAll(() => store.close());

const DEEDS: Readonly<Record<string, (userId: string) => Promise<unknown>>> = {
  "give to Ana": (userId) => at.give({}, userId),
  "give to self": (userId) => at.give({ beneficiaryUserId: userId }, userId),
  "may break glass": (userId) => at.emergency.breakGlassStanding(at.actor(userId)),
  "break glass": (userId) => at.breakGlass({}, userId),
};
const [head = [], ...lines] = TABLE.trim()
  .split("\n")
  .map((row) => row.split("|").map((cell) => cell.trim()));
const cells = lines.flatMap(([who = "", ...outcomes]) => outcomes.map((outcome, place) => [who, head[place + 1] ?? "", outcome] as const));

describe("who may go past the approvers", () => {
  it.each(cells)("%s: %s is %s", async (who, deed, outcome) => {
    const [userId = ""] = who.split(" ");
    expect(await codeOf(DEEDS[deed]?.(userId) ?? Promise.reject(new Error(`no deed ${deed}`)))).toBe(outcome);
  });

  it("gave once, to the one who may, and broke the glass once", async () => {
    expect(await at.events("access.granted-on-call")).toHaveLength(1);
    expect(await at.events("access.broke-glass")).toHaveLength(1);
  });
});
