import { fileURLToPath } from "node:url";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { person, startJourney } from "./support/journey.ts";
import { approveElsewhere, ask, isOnHome } from "./support/many-requests.ts";

const folder = new URL("../../docs/images/", import.meta.url);

/** The pictures of docs/approvals.md: what waits in App Home, and deciding on many of it at once. */
const journey = await startJourney();
try {
  const reasons = ["OPS-201: rotate the certificates", "OPS-202: replace a disk", "OPS-203: nightly restore test", "OPS-204: patch window"];
  await ask(journey, reasons);
  await isOnHome(journey, PEOPLE.approver.id, reasons);
  const page = await journey.visit({ height: 1000 });
  const shoot = (name: string) => page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: "disabled" });

  await person(page, "Ben Okafor").click();
  await page.getByRole("button", { name: /Portcullis Home/ }).click();
  const home = page.getByRole("main");
  await home.getByText("4 requests wait for you.").waitFor();
  for (const label of ["PRA-1001", "PRA-1002", "PRA-1003"]) await home.getByRole("checkbox", { name: `Select ${label}` }).check();
  await shoot("queue");
  await home.getByRole("button", { name: /^Approve selected/ }).click();
  const form = page.getByRole("dialog", { name: "Approve selected" });
  await form.getByRole("textbox", { name: "Comment" }).fill("As agreed in the change board");
  await shoot("bulk-confirm");
  await approveElsewhere(journey, PEOPLE.otherApprover.id, "OPS-202");
  await home.getByText("3 requests wait for you.").waitFor({ state: "attached" });
  await form.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog", { name: "Result" }).getByText("Done: 2 of 3.").waitFor();
  await shoot("bulk-result");
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
