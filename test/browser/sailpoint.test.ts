import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SailPointControl } from "../../sandbox/sailpoint/control.ts";
import { GROUPS, IDENTITIES } from "../../sandbox/sailpoint/seed.ts";
import { faintTexts } from "./support/contrast.ts";
import { type Journey, startJourney } from "./support/journey.ts";
import { letArrive, sailpointCard, sailpointPanel } from "./support/sailpoint.ts";

let journey: Journey;
let control: SailPointControl;
beforeAll(async () => {
  journey = await startJourney({ withSailPoint: true });
  if (journey.sandbox.sailpoint === null) throw new Error("The sandbox has no SailPoint.");
  control = journey.sandbox.sailpoint.control;
});
afterAll(() => journey.close());

const stored = async (name: string) => {
  const found = (await control.state()).approvals.find((approval) => JSON.stringify(approval.name).includes(name));
  if (found === undefined) throw new Error(`SailPoint has no ${name}.`);
  return found;
};

/** Contract: the panel says what SailPoint has and nothing else, and each of its controls does in SailPoint what it says. */
describe("SailPoint in the sandbox page", () => {
  it("lets a PRA approval arrive with who gets the access as its requestee, and what for in its attributes", async () => {
    const page = await journey.visit();
    const card = await letArrive(page, {
      about: "Privileged Remote Access",
      name: "PRA for the night",
      decides: "Database owners (group)",
    });
    const { requestee, assignedTo, additionalAttributes, ...rest } = await stored("PRA for the night");
    expect(rest).toMatchObject({ type: "GENERIC_APPROVAL", status: "PENDING" });
    expect(requestee).toMatchObject({ email: IDENTITIES.requester.email });
    expect(assignedTo).toMatchObject([{ identityID: GROUPS.databaseOwners.id }]);
    const attributes: Record<string, string> = JSON.parse(String(additionalAttributes));
    expect(Object.keys(attributes).length).toBeGreaterThan(4);
    for (const [name, value] of Object.entries(attributes)) {
      const shown = card.locator(".stored-attributes div").filter({ has: page.getByText(name, { exact: true }) });
      await shown.getByText(value, { exact: true }).waitFor();
    }
    expect(JSON.stringify(attributes)).not.toContain("ribeiro");
    await journey.expectQuiet(page);
    await page.close();
  });

  it("shows a decision that is made in SailPoint, with who decided and what they said", async () => {
    const page = await journey.visit();
    const card = await letArrive(page, { about: "Something else", name: "Role to refuse" });
    await card.getByText("Decide it in SailPoint").click();
    const byHand = card.getByRole("group", { name: "By hand in SailPoint, Role to refuse" });
    await byHand.getByRole("textbox", { name: "Comment" }).fill("Ask for the reports role.");
    await byHand.getByRole("button", { name: "Reject" }).click();
    await card.getByText("REJECTED", { exact: true }).waitFor();
    await card.getByText("by Ben Okafor").waitFor();
    await card.getByRole("list", { name: "Comments" }).getByText("Ask for the reports role.").waitFor();
    await byHand.waitFor({ state: "detached" });
    expect(await stored("Role to refuse")).toMatchObject({
      status: "REJECTED",
      rejectedBy: [{ identityID: IDENTITIES.approver.id }],
      comments: [{ comment: "Ask for the reports role." }],
    });
    await journey.expectQuiet(page);
    await page.close();
  });

  it("offers whoever SailPoint waits for, and its administrators, and nobody else", async () => {
    const page = await journey.visit();
    const card = await letArrive(page, { about: "Something else", name: "Role for a group", decides: "Database owners (group)" });
    await card.getByText("Decide it in SailPoint").click();
    const offered = await card.getByRole("combobox", { name: "As" }).locator("option").allTextContents();
    expect(offered).toEqual([
      "Ben Okafor, for Database owners",
      "Chiyo Tanaka, for Database owners",
      "Portcullis Service, administrator",
      "Dora Klein, administrator",
    ]);
    await card.getByRole("combobox", { name: "As" }).selectOption({ label: "Dora Klein, administrator" });
    await card.getByRole("button", { name: "Approve" }).click();
    await card.getByText("by Dora Klein", { exact: true }).waitFor();
    expect(await stored("Role for a group")).toMatchObject({ status: "APPROVED", approvedBy: [{ identityID: IDENTITIES.admin.id }] });
    await page.close();
  });

  it("changes an attribute under the approver's eyes, and cancels", async () => {
    const page = await journey.visit();
    const card = await letArrive(page, { about: "Privileged Remote Access", name: "PRA to be widened" });
    await card.getByText("Change an attribute").click();
    await card.getByRole("combobox", { name: "Attribute" }).selectOption({ label: "portcullisDuration" });
    await card.getByRole("textbox", { name: "Value" }).fill("P90D");
    await card.getByRole("button", { name: "Set it" }).click();
    await card.locator(".stored-attributes").getByText("P90D", { exact: true }).waitFor();
    expect(JSON.parse(String((await stored("PRA to be widened")).additionalAttributes))).toMatchObject({ portcullisDuration: "P90D" });
    await card.getByText("Decide it in SailPoint").click();
    await card.getByRole("button", { name: "Cancel it" }).click();
    await card.getByText("CANCELLED", { exact: true }).waitFor();
    await card.getByText("Change an attribute").waitFor({ state: "detached" });
    await journey.expectQuiet(page);
    await page.close();
  });

  it("says what SailPoint refused, in its words, and changes nothing", async () => {
    const page = await journey.visit();
    await control.createApprovals({
      approvals: [
        {
          name: "Wants a word",
          requesterId: IDENTITIES.requester.id,
          approverIds: [IDENTITIES.approver.id],
          config: { requiresComment: "ALL" },
        },
      ],
    });
    const card = sailpointCard(page, "Wants a word");
    await card.getByText("Decide it in SailPoint").click();
    await card.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("status").getByText("SailPoint would not have it: A comment is required.").waitFor();
    expect(await stored("Wants a word")).toMatchObject({ status: "PENDING" });
    await page.close();
  });

  it("can be read in both schemes, and on a phone's width nothing is wider than the screen", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await journey.visit({ width: 390, height: 844, colorScheme });
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "ZPA and SailPoint" }).click();
      await letArrive(page, {
        about: "Privileged Remote Access",
        name: `A very long name without an end ${"x".repeat(60)} in ${colorScheme}`,
      });
      await sailpointPanel(page).getByText("Decide it in SailPoint").first().click();
      expect(await faintTexts(page)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
      await page.close();
    }
  });
});
