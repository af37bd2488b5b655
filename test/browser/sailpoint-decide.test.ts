import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../sandbox/story/until.ts";
import { cardOf, directMessages, type Journey, person, startJourney } from "./support/journey.ts";
import { letArrive, sailpointCard } from "./support/sailpoint.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ withSailPoint: true });
  const { sailpoint } = journey.sandbox;
  // What is there at the first look is told of in one message, and not by cards.
  await until("the bot's first look at SailPoint", async () => ((await sailpoint?.control.state())?.calls.GET ?? 0) > 0);
});
afterAll(() => journey.close());

/** Contract: what is decided on a card is in SailPoint and, being about PRA, in ZPA; what is decided in SailPoint is on the card after one look. */
describe("an approval of SailPoint's in the sandbox page", () => {
  it("is decided on its card, and ends as a privileged approval with the hours of its attributes", async () => {
    const page = await journey.visit();
    const there = await letArrive(page, { about: "Privileged Remote Access", name: "Ana on db-prod" });
    await person(page, "Ben Okafor.*1 unread").click();
    await directMessages(page).first().click();
    const card = cardOf(page, "Ana on db-prod");
    await card.getByRole("button", { name: /^Approve/ }).click();
    await there.getByText("APPROVED", { exact: true }).waitFor();
    await there
      .getByRole("list", { name: "Comments" })
      .getByText(/Ben Okafor/)
      .waitFor();
    await card.getByText(/confirmed by SailPoint/).waitFor();
    const opened = page.getByRole("region", { name: /^Privileged approvals in ZPA/ }).locator(".stored");
    await opened.getByText("ana.ribeiro@harbour.example", { exact: true }).waitFor();
    await opened.getByText("09:00–17:00 Europe/Berlin, MON TUE WED THU FRI").waitFor();
    await journey.expectQuiet(page);
    await page.close();
  });

  it("is on its card after the bot's next look when it was decided in SailPoint, and has no buttons any more", async () => {
    const page = await journey.visit();
    const there = await letArrive(page, { about: "Something else", name: "Role: report reader" });
    await person(page, "Ben Okafor").click();
    await directMessages(page).first().click();
    const card = cardOf(page, "Role: report reader");
    const approve = card.getByRole("button", { name: /^Approve/ });
    await approve.waitFor();
    await there.getByText("Decide it in SailPoint").click();
    await there.getByRole("button", { name: "Reject" }).click();
    await approve.waitFor({ state: "detached" });
    await card
      .getByText(/rejected/i)
      .first()
      .waitFor();
    expect(await sailpointCard(page, "Role: report reader").getByText("REJECTED", { exact: true }).count()).toBe(1);
    await journey.expectQuiet(page);
    await page.close();
  });
});
