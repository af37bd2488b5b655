import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { cardOf, directMessages, type Journey, person, startJourney } from "./support/journey.ts";
import { approveElsewhere, ask, isOnHome } from "./support/many-requests.ts";

const { approver: ben, otherApprover: chiyo } = PEOPLE;
/** In a fresh sandbox these are PRA-1001 to PRA-1007. */
const REASONS = [1, 2, 3, 4, 5, 6, 7].map((n) => `BULK-${n}`);
const LABELS = REASONS.map((_, n) => `PRA-${1001 + n}`);

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

const home = (page: Page) => page.getByRole("main");
const openHome = async (page: Page, name: string) => {
  await person(page, name).click();
  await page.getByRole("button", { name: /Portcullis Home/ }).click();
};

/** Contract: of what is decided together each gets its own result, and every card and list is current afterwards. */
describe("deciding many in App Home", () => {
  it("approves five of seven, says of the one that somebody else had decided who and when, and leaves two", {
    timeout: 90_000,
  }, async () => {
    await ask(journey, REASONS);
    await isOnHome(journey, ben.id, REASONS);
    const page = await journey.visit();
    await openHome(page, "Ben Okafor");
    await home(page).getByText("7 requests wait for you.").waitFor();
    for (const label of LABELS.slice(0, 5))
      await home(page)
        .getByRole("checkbox", { name: `Select ${label}` })
        .check();
    await home(page).getByRole("button", { name: "Approve selected: opens a page that lists them" }).click();

    const form = page.getByRole("dialog", { name: "Approve selected" });
    for (const label of LABELS.slice(0, 5)) await form.getByText(label).waitFor();
    expect(await form.getByText("PRA-1006").count()).toBe(0);
    await approveElsewhere(journey, chiyo.id, "BULK-3");
    await home(page).getByText("6 requests wait for you.").waitFor({ state: "attached" });
    await form.getByRole("textbox", { name: "Comment" }).fill("as agreed in the change board");
    await form.getByRole("button", { name: "Approve" }).click();

    const result = page.getByRole("dialog", { name: "Result" });
    await result.getByText("Done: 4 of 5.").waitFor();
    const lines = (await result.getByRole("listitem").allTextContents()).map((line) => line.replaceAll(/\s+/g, " "));
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^PRA-1003 · db-prod: This request was already approved by @Chiyo Tanaka at .+\. Nothing was changed\.$/);
    expect(lines.slice(1)).toEqual(
      ["PRA-1001", "PRA-1002", "PRA-1004", "PRA-1005"].map((label) => `${label} · db-prod: Your approval counts.`),
    );
    await result.getByRole("button", { name: "Close", exact: true }).click();

    await home(page).getByText("2 requests wait for you.").waitFor();
    expect(await home(page).getByRole("checkbox").count()).toBe(2);
    await directMessages(page).first().click();
    for (const reason of REASONS.slice(0, 5)) {
      await cardOf(page, reason)
        .getByText(/Granted/)
        .first()
        .waitFor();
      expect(
        await cardOf(page, reason)
          .getByRole("button", { name: /^Approve/ })
          .count(),
      ).toBe(0);
    }
    for (const reason of REASONS.slice(5))
      await cardOf(page, reason)
        .getByRole("button", { name: /^Approve/ })
        .waitFor();
    await cardOf(page, "BULK-1").getByText("as agreed in the change board").waitFor();

    await openHome(page, "Chiyo Tanaka");
    await home(page).getByText("2 requests wait for you.").waitFor();
    const { approvals } = await journey.sandbox.tenant.control.state();
    expect(approvals.filter((approval) => JSON.stringify(approval).includes("ana.ribeiro@harbour.example"))).toHaveLength(5);
    await journey.expectQuiet(page);
    await page.close();
  });

  it("keeps the list of /pra approvals current while it is open, and filters it", { timeout: 90_000 }, async () => {
    const page = await journey.visit();
    await person(page, "Ben Okafor").click();
    await page.getByRole("textbox", { name: /^Message / }).fill("/pra approvals");
    await page.keyboard.press("Enter");
    const list = page.getByRole("dialog", { name: "Approvals" });
    await list.getByText("2 requests wait for you.").waitFor();
    await list.getByRole("textbox", { name: "Look for" }).fill("bulk-7");
    await page.keyboard.press("Enter");
    await list.getByText("1 of 2 match.").waitFor();
    expect(await list.getByRole("checkbox").count()).toBe(1);
    await list.getByRole("button", { name: "Clear the filter" }).click();
    await list.getByText("Shown: 1 to 2 of 2").waitFor();
    await approveElsewhere(journey, chiyo.id, "BULK-6");
    await list.getByText("1 request waits for you.").waitFor();

    await list.getByRole("button", { name: "Select all on this page" }).click();
    await list.getByRole("button", { name: "Select none" }).waitFor();
    await list.getByRole("button", { name: /^Reject selected/ }).click();
    const form = page.getByRole("dialog", { name: "Reject selected" });
    await form.getByRole("textbox", { name: "Why?" }).fill("the change was called off");
    await form.getByRole("button", { name: "Reject" }).click();
    const result = page.getByRole("dialog", { name: "Result" });
    await result.getByText("Done: 1 of 1.").waitFor();
    await result.getByRole("button", { name: "Close", exact: true }).click();
    await list.getByText("Nothing waits for your decision.").waitFor();
    await journey.expectQuiet(page);
    await page.close();
  });
});
