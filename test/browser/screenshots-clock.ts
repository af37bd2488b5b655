import { fileURLToPath } from "node:url";
import { cardOf, composer, directMessages, person, startJourney } from "./support/journey.ts";

const picture = fileURLToPath(new URL("../../docs/images/clock-change.png", import.meta.url));

/** The picture of a change of the clocks within a window: the tenant's crons after it, beside the card that names it. */
const journey = await startJourney();
try {
  const page = await journey.visit({ height: 1080 });
  await composer(page).fill("/pra request db-prod weekdays 9-17 Europe/Berlin for 40 weeks because OPS-310");
  await composer(page).press("Enter");
  const form = page.getByRole("dialog", { name: "Request access" });
  await form.getByText("db-prod", { exact: true }).waitFor();
  await form.getByRole("button", { name: "Send request" }).click();
  await form.waitFor({ state: "detached" });
  await person(page, "Ben Okafor.*1 unread").click();
  await directMessages(page).first().click();
  await cardOf(page, "OPS-310")
    .getByRole("button", { name: /^Approve/ })
    .click();
  const crons = page.locator(".stored dd code");
  await crons.first().waitFor();
  const before = (await crons.first().textContent()) ?? "";
  await person(page, "Dora Klein").click(); // her zone is Berlin
  await page.getByRole("button", { name: "Next clock change" }).click();
  await crons.filter({ hasText: before }).waitFor({ state: "detached" });
  await person(page, "Ben Okafor").click();
  await directMessages(page).first().click();
  const after = (await crons.first().textContent()) ?? "";
  await cardOf(page, "OPS-310").getByText(after).waitFor();
  await cardOf(page, "OPS-310").evaluate((shown) => shown.scrollIntoView({ block: "start" }));
  await page.screenshot({ path: picture, animations: "disabled" });
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
