import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { claimChange } from "../../../src/services/rules/change-cards.ts";
import { type ChangeCardPort, projectChange } from "../../../src/services/rules/project-change.ts";
import { keptLog } from "../../support/silent-log.ts";
import { aRulebook, dora, emil, type Rulebook, shell, TENANT } from "./a-rulebook.ts";

let book: Rulebook;
/** What stands in Slack, by whose direct messages it is in; and what was said below it. */
let cards: Map<string, string>;
let said: string[];
let refusing: Map<string, string>;
let later: unknown[];

beforeAll(async () => {
  book = await aRulebook();
});
beforeEach(async () => {
  await book.clear();
  cards = new Map();
  said = [];
  refusing = new Map();
  later = [];
});
afterAll(() => book.close());

const port: ChangeCardPort = {
  digest: async (userId, { status }) => `${userId} ${status}`,
  post: async (userId, { status }) => {
    const reason = refusing.get(userId);
    if (reason) throw new PortcullisError("slack_refused", { params: { reason } });
    cards.set(userId, status);
    return { channelId: `D${userId}`, ts: "1.0" };
  },
  update: async ({ channelId }, userId, { status }) => {
    expect(channelId).toBe(`D${userId}`);
    if (!cards.has(userId)) throw new PortcullisError("slack_refused", { params: { reason: "message_not_found" } });
    cards.set(userId, status);
  },
  say: async (_, userId, { status }) => void said.push(`${userId} ${status}`),
};
const project = (changeId: string) =>
  projectChange({ ...book.ports, jobs: { enqueueNow: async (...job) => void later.push(job) }, port, log: keptLog().log })({ changeId });
const propose = async (by: typeof dora | typeof shell = dora) =>
  (await book.rules.put({ ...TENANT, yaml: "approvers: [UEVE]", by, expectedRevision: null, mode: "apply" })).changeId ??
  expect.fail("it does not wait");

describe("asking the administrators about a change", () => {
  it("reaches each of them once, groups by their members, and whoever proposed it", async () => {
    const changeId = await propose();
    await project(changeId);
    await project(changeId);
    expect([...cards]).toEqual([
      ["UDORA", "WAITING"],
      ["UEMIL", "WAITING"],
    ]);
    expect(said).toEqual([]);
  });

  it("leaves no card behind that still asks once it is settled, and tells who proposed it, once", async () => {
    const changeId = await propose();
    await project(changeId);
    await book.rules.confirm({ changeId, by: emil });
    await project(changeId);
    await project(changeId);
    expect([...cards.values()]).toEqual(["APPLIED", "APPLIED"]);
    expect(said).toEqual(["UDORA APPLIED"]);
  });

  it("tells nobody what they did themselves", async () => {
    const changeId = await propose();
    await project(changeId);
    await book.rules.decline({ changeId, by: dora });
    await project(changeId);
    expect([[...cards.values()], said]).toEqual([["DECLINED", "DECLINED"], []]);
  });

  it("asks nobody about what was settled before they heard of it", async () => {
    const changeId = await propose(shell);
    await book.rules.confirm({ changeId, by: emil });
    await project(changeId);
    expect(cards.size).toBe(0);
  });

  it("asks an administrator who came later, and again one whose message is gone", async () => {
    const changeId = await propose();
    await project(changeId);
    book.groups.set("SADM", ["UEMIL", "UFAY"]);
    await project(changeId);
    expect([...cards.keys()]).toEqual(["UDORA", "UEMIL", "UFAY"]);
    cards.delete("UEMIL");
    await book.rules.confirm({ changeId, by: emil });
    await project(changeId);
    expect([...cards.values()]).toEqual(["APPLIED", "APPLIED", "APPLIED"]);
  });

  it("reaches the others when one cannot be reached, and fails so that it is tried again", async () => {
    refusing.set("UDORA", "messages_tab_disabled");
    const changeId = await propose(shell);
    await expect(project(changeId)).rejects.toThrow(AggregateError);
    expect([...cards.keys()]).toEqual(["UEMIL"]);
    refusing.clear();
    await project(changeId);
    expect([...cards.keys()]).toEqual(["UEMIL", "UDORA"]);
  });
});

/** Contract: two replicas at one change post nothing twice, and the later one comes back for what changed meanwhile. */
describe("while another worker is at it", () => {
  it("nothing is shown, and the job comes back", async () => {
    const changeId = await propose();
    await claimChange(book.db, changeId, "another");
    await project(changeId);
    expect(cards.size).toBe(0);
    expect(later).toEqual([["project-rules-change", { changeId }, { startAfter: expect.any(Date), singletonKey: changeId }]]);
  });
});
