import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noteCoverage } from "../../../src/services/coverage/coverage-store.ts";
import { breakGlassAtTerminal } from "../../../src/services/emergency/break-glass-at-terminal.ts";
import { namedForBreakGlass } from "../../../src/services/emergency/named-for-break-glass.ts";
import { aStore, type Store } from "../../support/a-store.ts";
import { codeOf } from "../../support/code-of.ts";
import { anEmergency, only } from "./an-emergency.ts";

/**
 * Contract: at the terminal a use that is not proven yet is gone on with, by the same person alone, and never broken a second time; and
 * whoever owes a review can answer it by any of their Slack accounts.
 */
let store: Store;
let at: Awaited<ReturnType<typeof anEmergency>>;
let submissions = 0;
const breakGlass = new Map([
  ["UDORA", "dora@example.com"],
  ["UDORA2", "dora2@example.com"],
  ["UBEN", "ben@example.com"],
]);
beforeAll(async () => {
  store = await aStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.empty();
  at = await anEmergency(store, { breakGlass });
});

const terminal = () => breakGlassAtTerminal({ ...at.emergencyPorts, named: namedForBreakGlass({ ...at, breakGlass }) });
const typed = (person: string) => ({
  ...{ person, consoles: ["db-prod"], seconds: 1800, reason: "INC-77" },
  submissionKey: `T${++submissions}`,
});
const REVIEW = { happened: "It hung.", done: "Restarted it.", follows: "A watchdog." };

describe("a use that is not proven yet", () => {
  it("is gone on with, and nothing is broken again", async () => {
    const first = await terminal().break(typed("UDORA"), "ops");
    expect(await terminal().foretell(typed("UDORA"))).toMatchObject({
      ...{ resumes: ["PRA-1001"], consoles: ["db-prod"], seconds: 1800 },
      until: new Date("2026-11-02T08:30:00Z"),
    });
    expect(await terminal().break(typed("UDORA"), "ops")).toEqual(first);
    expect(await at.grantsGiven()).toHaveLength(1);
    expect(await at.events("access.broke-glass")).toHaveLength(1);
  });

  it("is nobody else's", async () => {
    await terminal().break(typed("UDORA"), "ops");
    expect(await terminal().foretell(typed("UBEN"))).toMatchObject({ resumes: [], withoutEffect: [] });
  });

  it("is foretold with what it would not open", async () => {
    const segment = { name: "Databases", microtenantId: null, status: "shadowed", ruleId: null, reason: { code: "no_rule" } } as const;
    await noteCoverage(at.db, [{ ...segment, id: "seg-1" }], new Date("2026-11-02T07:00:00Z"));
    expect(await terminal().foretell(typed("UDORA"))).toMatchObject({ consoles: ["db-prod"], withoutEffect: ["db-prod"] });
    await at.db.deleteFrom("segment_coverage").execute();
  });

  it("is over once it is proven: then the review is due", async () => {
    const { requestIds } = await terminal().break(typed("UDORA"), "ops");
    await at.provision(only(await at.grants(only(requestIds))).id);
    expect(await codeOf(terminal().foretell(typed("UDORA")))).toBe("break_glass_review_due");
    expect(await codeOf(terminal().break(typed("UDORA"), "ops"))).toBe("break_glass_review_due");
  });
});

describe("the review at the terminal", () => {
  it("is found by the other Slack account of the same ZPA user, and by nobody else's", async () => {
    await terminal().break(typed("UDORA"), "ops");
    const answered = (person: string) => codeOf(terminal().review({ label: "PRA-1001", person, answer: REVIEW }, "ops"));
    expect(await answered("UBEN")).toBe("review_unknown");
    expect(await answered("UDORA2")).toBe("ok");
    expect(await answered("UDORA")).toBe("review_answered");
  });
});
