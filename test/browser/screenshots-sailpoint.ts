import { fileURLToPath } from "node:url";
import { until } from "../../sandbox/story/until.ts";
import { cardOf, directMessages, person, startJourney } from "./support/journey.ts";
import { letArrive, sailpointCard } from "./support/sailpoint.ts";

const picture = (name: string) => fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url));
const name = "Ana on db-prod";

/** Pictures of docs/sailpoint.md: an approval of SailPoint's on its card and in SailPoint, before and after the click. */
const journey = await startJourney({ withSailPoint: true });
try {
  const { sailpoint } = journey.sandbox;
  await until("the bot's first look at SailPoint", async () => ((await sailpoint?.control.state())?.calls.GET ?? 0) > 0);
  const page = await journey.visit({ height: 1000 });
  await letArrive(page, { about: "Something else", name: "Role: ledger reader" });
  await letArrive(page, { about: "Privileged Remote Access", name });
  await page.getByText("Let a new approval arrive").click();
  await person(page, "Ben Okafor").click();
  await directMessages(page).first().click();
  const approve = cardOf(page, name).getByRole("button", { name: /^Approve/ });
  await approve.waitFor();
  await page.getByRole("region", { name: "Approvals in SailPoint" }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: picture("sailpoint-card"), animations: "disabled" });
  await approve.click();
  await sailpointCard(page, name).getByText("APPROVED", { exact: true }).waitFor();
  await cardOf(page, name)
    .getByText(/confirmed by SailPoint/)
    .waitFor();
  await page.locator("[data-approval]").waitFor();
  await page.getByRole("heading", { name: /^Privileged approvals in ZPA/ }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: picture("sailpoint-granted"), animations: "disabled" });
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
