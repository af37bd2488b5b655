import { WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { createLatestChange } from "../../../src/actions/latest-change.ts";
import { changeForm } from "../../../src/actions/request-form/change-form.ts";
import type { RequestFormDeps } from "../../../src/actions/request-form/request-form-deps.ts";
import { keptLog } from "../../support/silent-log.ts";
import { memory, now } from "./fixtures.ts";
import { formServices } from "./form-services.ts";

/**
 * Contract: of changes made in quick succession, the form ends up showing the last one, in whatever order their updates reach
 * Slack; a form that is gone is left alone.
 */
describe("two changes of a form at the same instant", () => {
  const refusal = (error: string) => new WebAPIPlatformError({ ok: false, error });
  const change = (actionTs: string) => ({
    view: { id: "V1", hash: "h1", private_metadata: JSON.stringify(memory), state: { values: {} } },
    actions: [{ action_ts: actionTs }],
  });
  /** Answers each views.update in turn; an answer that is an error is thrown. */
  const depsThat = (answers: (Error | null)[]) => {
    const hashes: (string | undefined)[] = [];
    const { log, lines } = keptLog();
    const update: RequestFormDeps["client"]["views"]["update"] = async (call) => {
      hashes.push(call?.hash);
      const answer = answers.shift();
      if (answer) throw answer;
      return { ok: true };
    };
    const deps: RequestFormDeps = {
      services: formServices().services,
      client: { views: { open: async () => ({ ok: true }), update } },
      directory: { user: async () => null },
      clock: { now: () => now },
      log,
    };
    return { deps, hashes, lines };
  };

  it("lets the later one through when the earlier one was drawn first", async () => {
    const { deps, hashes } = depsThat([refusal("hash_conflict"), null]);
    await changeForm(deps, createLatestChange(), change("1773648000.000002"));
    expect(hashes).toEqual(["h1", undefined]);
  });

  it("gives the earlier one up when the later one was drawn first", async () => {
    const latest = createLatestChange();
    latest.note("V1", "1773648000.000009");
    const { deps, hashes, lines } = depsThat([refusal("hash_conflict")]);
    await changeForm(deps, latest, change("1773648000.000002"));
    expect(hashes).toEqual(["h1"]);
    expect(lines).toMatchObject([{ msg: "form.change-overtaken" }]);
  });

  it("leaves a form alone that was closed meanwhile", async () => {
    const { deps, lines } = depsThat([refusal("not_found")]);
    await changeForm(deps, createLatestChange(), change("1773648000.000002"));
    expect(lines).toMatchObject([{ msg: "form.closed-before-update" }]);
  });

  it("reports any other refusal", async () => {
    const { deps } = depsThat([refusal("invalid_blocks")]);
    await expect(changeForm(deps, createLatestChange(), change("1773648000.000002"))).rejects.toMatchObject({ code: "slack_refused" });
  });

  it("remembers a thousand forms and no more", () => {
    const latest = createLatestChange();
    latest.note("first", "9");
    for (let n = 0; n < 1000; n += 1) latest.note(`V${n}`, "1");
    expect(latest.isOvertaken("first", "1")).toBe(false);
    expect(latest.isOvertaken("V999", "0")).toBe(true);
  });
});
