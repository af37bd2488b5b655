import { describe, expect, it } from "vitest";
import { play } from "./support/play.ts";

/**
 * Contract: `npm run sandbox -- --story --json` plays the main job through the real bot, exits 0, and its last line is the
 * privileged approval as the tenant stores it with what the way there has cost: one POST and at most two GETs.
 */
describe("the story", () => {
  it.concurrent.each(["socket", "http"])(
    "ends in %s mode with the privileged approval and what it has cost",
    { timeout: 90_000 },
    async (mode) => {
      const steps = await play(mode);
      expect(steps.map(({ step }) => step).filter((step) => step !== "granting")).toEqual([
        "ready",
        "command",
        "form",
        "submitted",
        "card",
        "approved",
        "granted",
        "done",
      ]);
      const { privilegedApproval, calls, ...rest } = steps.at(-1);
      expect(rest).toEqual({ step: "done" });
      expect(privilegedApproval).toMatchObject({
        emailIds: ["ana.ribeiro@harbour.example"],
        workingHours: { timeZone: "Europe/Berlin", startTime: "09:00", endTime: "17:00", days: ["MON", "TUE", "WED", "THU", "FRI"] },
      });
      expect(calls.zpa.POST).toBe(1);
      expect(calls.zpa.GET ?? 0).toBeLessThanOrEqual(2);
      expect(Object.keys(calls)).toEqual(["zpa", "zpaAuth", "slack"]);
      expect(calls.slack["views.open"]).toBe(1);
    },
  );
});
