import { describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { JobAttempt } from "../../../src/jobs/jobs.ts";

import { runApproveClick } from "../../../src/services/approvals/approve-click.ts";
import { keptLog } from "../../support/silent-log.ts";
import { anApproval } from "./an-approval.ts";

const by = { teamId: "T1", userId: "UBEN" };
const place = { channelId: "CAPPROVALS", messageTs: "1.0" };
const audience = { kind: "channel", channelId: "CAPPROVALS" } as const;
const click = { approvalId: "a1", version: 3, by, place, audience };
const attempt = (retryCount = 0, isLast = false): JobAttempt => ({ jobId: "j1", retryCount, isLast, signal: new AbortController().signal });

const listening = (fail: { decide?: PortcullisError; adopt?: Error } = {}) => {
  const seen: unknown[] = [];
  const run = runApproveClick({
    decide: async (approvalId, command) => {
      seen.push(["decide", approvalId, command]);
      if (fail.decide) throw fail.decide;
      return anApproval([]);
    },
    adoptCard: async (card) => {
      seen.push(["adopt", card]);
      if (fail.adopt) throw fail.adopt;
    },
    port: { tell: async (person, where, error, reference) => void seen.push(["tell", person, where, error.code, reference]) },
    ids: { uuid: () => "u", reference: () => "REF1" },
    log: keptLog().log,
  });
  return { run, seen };
};
const adopted = ["adopt", { request: { approvalId: "a1", version: 3 }, audience, channelId: "CAPPROVALS", ts: "1.0" }];
const decided = ["decide", "a1", { kind: "approve", by, version: 3, comment: null }];

describe("a recorded click on Approve", () => {
  it("has the clicked card kept current and decides", async () => {
    const { run, seen } = listening();
    await run(click, attempt());
    expect(seen).toEqual([adopted, decided]);
  });

  it("decides even where its card cannot be kept current", async () => {
    const { run, seen } = listening({ adopt: new Error("the database hiccuped") });
    await run(click, attempt());
    expect(seen).toEqual([adopted, decided]);
  });

  it("leaves a message alone that is nobody's card", async () => {
    const { run, seen } = listening();
    await run({ ...click, audience: null }, attempt());
    expect(seen).toEqual([decided]);
  });

  it("tells the person where they clicked why nothing happened", async () => {
    const { run, seen } = listening({ decide: new PortcullisError("not_allowed") });
    await run(click, attempt());
    expect(seen.at(-1)).toEqual(["tell", by, place, "not_allowed", "REF1"]);
  });

  it("is tried again after a fault that may pass, and tells at the last try", async () => {
    const { run, seen } = listening({ decide: new PortcullisError("slack_unreachable") });
    await expect(run(click, attempt(0))).rejects.toMatchObject({ code: "slack_unreachable" });
    expect(seen).toEqual([adopted, decided]);
    await run(click, attempt(10, true));
    expect(seen.at(-1)).toEqual(["tell", by, place, "slack_unreachable", "REF1"]);
  });

  it("says nothing when its own earlier run had decided before the process died", async () => {
    const late = new PortcullisError("already_decided", { params: { byUserId: "UBEN", status: "APPROVED" } });
    const { run, seen } = listening({ decide: late });
    await run(click, attempt(1));
    expect(seen).toEqual([adopted, decided]);
    await run(click, attempt(0));
    expect(seen.at(-1)).toEqual(["tell", by, place, "already_decided", "REF1"]);
  });
});
