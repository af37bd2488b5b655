import { fileURLToPath } from "node:url";
import { IDENTITIES } from "../../sandbox/sailpoint/seed.ts";
import { startJourney } from "./support/journey.ts";
import { letArrive, sailpointCard, sailpointPanel } from "./support/sailpoint.ts";

const picture = (name: string) => fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url));

/** Pictures of docs/sailpoint.md: the sandbox's SailPoint beside ZPA. */
const journey = await startJourney({ withSailPoint: true });
try {
  const page = await journey.visit({ height: 1000 });
  await letArrive(page, { about: "Something else", name: "Role: ledger reader" });
  await letArrive(page, { about: "Privileged Remote Access", name: "PRA access to db-prod" });
  await sailpointCard(page, "PRA access to db-prod").getByText("Decide it in SailPoint").click();
  const { sailpoint } = journey.sandbox;
  const state = await sailpoint?.control.state();
  const plain = state?.approvals.find(({ type }) => type === "ACCESS_REQUEST_APPROVAL");
  await sailpoint?.control.decide({
    id: String(plain?.id),
    by: IDENTITIES.approver.id,
    verdict: "REJECTED",
    comment: "Ask for the reports role.",
  });
  await sailpointCard(page, "Role: ledger reader").getByText("REJECTED", { exact: true }).waitFor();
  await sailpointPanel(page).scrollIntoViewIfNeeded();
  await page.screenshot({ path: picture("sailpoint-sandbox"), animations: "disabled" });
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
