import { fileURLToPath } from "node:url";
import { anAccess, deleteByHand, findingOf } from "./support/findings.ts";
import { startJourney } from "./support/journey.ts";

const picture = fileURLToPath(new URL("../../docs/images/finding.png", import.meta.url));

/** The picture of docs/operating.md: what was deleted in the tenant, and the message that tells of it. */
const journey = await startJourney();
try {
  const page = await journey.visit({ height: 1000 });
  await anAccess(journey, page, "OPS-301: rotate the certificates");
  await page.getByRole("button", { name: "Add one by hand" }).click();
  await page.locator(".stored").nth(1).waitFor();
  await deleteByHand(page);
  await findingOf(page, "Nicht von Portcullis").waitFor();
  await findingOf(page, "Fehlt in Zscaler").waitFor();
  await page.screenshot({ path: picture, animations: "disabled" });
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
