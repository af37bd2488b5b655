import { fileURLToPath } from "node:url";
import { cardOf, changeClocks, directMessages, grantOverClockChange, person, startJourney } from "./support/journey.ts";

const picture = fileURLToPath(new URL("../../docs/images/clock-change.png", import.meta.url));

/** The picture of a change of the clocks within a window: the tenant's crons after it, beside the card that names it. */
const journey = await startJourney();
try {
  const page = await journey.visit({ height: 1080 });
  const crons = await grantOverClockChange(page, "OPS-310");
  const before = (await crons.first().textContent()) ?? "";
  await changeClocks(page);
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
