import { describe, expect, it } from "vitest";
import { play } from "./support/play.ts";

/**
 * Contract: `npm run sandbox -- --story sailpoint --json` plays, through the real bot, an approval from its birth in SailPoint over the click
 * in Slack to the privileged approval; it exits 0, and its last line is both objects with what the way there has cost: one decision sent to
 * SailPoint, one POST to ZPA.
 */
describe("the SailPoint story through the real bot", () => {
  // Both ways to Slack are told apart by the other story.
  it("ends with access as the attributes said", { timeout: 90_000 }, async () => {
    const steps = await play("socket", "sailpoint");
    expect(steps.map(({ step }) => step).filter((step) => step !== "granting")).toEqual([
      "ready",
      "born",
      "card",
      "approved",
      "decided",
      "confirmed",
      "granted",
      "done",
    ]);
    const { sailpointApproval, privilegedApproval, calls } = steps.at(-1);
    expect(sailpointApproval).toMatchObject({
      status: "APPROVED",
      comments: [{ comment: expect.stringContaining("ben.okafor@harbour.example") }],
    });
    expect(privilegedApproval).toMatchObject({
      emailIds: ["ana.ribeiro@harbour.example"],
      workingHours: { timeZone: "Europe/Berlin", startTime: "09:00", endTime: "17:00", days: ["MON", "TUE", "WED", "THU", "FRI"] },
    });
    // From the approval on; the privileged approval is written some seconds later, and starts then.
    const seconds = privilegedApproval.endTime - privilegedApproval.startTime;
    expect(seconds).toBeLessThanOrEqual(14 * 86_400);
    expect(seconds).toBeGreaterThan(14 * 86_400 - 60);
    expect(calls).toMatchObject({ zpa: { POST: 1 }, sailpoint: { POST: 1 } });
  });
});
