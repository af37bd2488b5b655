import { fileURLToPath } from "node:url";
import { until } from "../../sandbox/story/until.ts";
import { anAccess } from "./support/findings.ts";
import { composer, person, startJourney } from "./support/journey.ts";

const folder = new URL("../../docs/images/", import.meta.url);

/** The pictures of docs/reference/commands.md: the list of consoles, who has access by one, and the form that makes some. */
const journey = await startJourney();
try {
  const page = await journey.visit({ height: 1000 });
  const shoot = (name: string) => page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: "disabled" });
  await anAccess(journey, page, "OPS-301: rotate the certificates");
  const { tenant } = journey.sandbox;
  const { applications } = await tenant.control.state();
  const db = applications.find(({ domain }) => String(domain).startsWith("db-prod."));
  await tenant.control.addApproval({ email: "contractor@harbour.example", minutes: 600, segmentId: String(db?.appId ?? db?.segmentId) });

  await person(page, "Chiyo Tanaka").click();
  await composer(page).fill("/pra consoles db");
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: "Consoles" });
  await list.getByText("db-prod", { exact: true }).first().waitFor();
  await shoot("consoles");

  await list.getByRole("button", { name: "Who has access by db-prod now, and" }).click();
  const details = page.getByRole("dialog", { name: "Console", exact: true });
  await details.getByText("contractor@harbour.example").waitFor();
  await details.getByText("Not known here").scrollIntoViewIfNeeded();
  await shoot("console-access");
  await page.keyboard.press("Escape");
  await details.waitFor({ state: "detached" });

  await list.getByRole("button", { name: /^Make consoles/ }).click();
  const form = page.getByRole("dialog", { name: "Make consoles" });
  await form.getByText("Names").waitFor();
  await form.getByRole("combobox", { name: /^Application/ }).click();
  await page.getByRole("option", { name: /bench-1/ }).click();
  await form.getByRole("combobox", { name: /^Portals/ }).click();
  await page.getByRole("option", { name: "Infrastructure portal" }).click();
  await form.getByRole("textbox", { name: "Names" }).focus();
  await shoot("consoles-create");
  await form.getByRole("button", { name: "Review" }).click();
  await until("the review", async () => ((await page.getByText("is going to be made").count()) > 0 ? true : null));
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
