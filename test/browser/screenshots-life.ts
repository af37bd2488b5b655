import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { askFor, cardOf, directMessages, person, startJourney } from "./support/journey.ts";

const folder = new URL("../../docs/images/", import.meta.url);
await mkdir(folder, { recursive: true });

const MINUTE = 60_000;

/** The pictures of how access goes on, changes and ends. */
const journey = await startJourney();
try {
  const page = await journey.visit({ height: 1100 });
  const shoot = (name: string) => page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: "disabled" });

  await askFor(page, "db-prod for 2h because OPS-301");
  await person(page, "Ben Okafor.*1 unread").click();
  await directMessages(page).first().click();
  const card = cardOf(page, "OPS-301");
  await card.getByRole("button", { name: /^Approve/ }).click();
  await card.getByRole("button", { name: /^Take the access/ }).waitFor();

  await person(page, "Ana Ribeiro").click();
  await directMessages(page).first().click();
  const own = cardOf(page, "OPS-301");
  await page.getByText("Granted. The access stands in Zscaler.").waitFor();
  await own.evaluate((shown) => shown.scrollIntoView({ block: "end" }));
  await shoot("granted-actions");

  await own.getByRole("button", { name: /^Change the end/ }).click();
  const change = page.getByRole("dialog", { name: "Change access" });
  await change.getByText("You can make it narrower").waitFor();
  await shoot("change-access");
  await change.getByRole("button", { name: "Cancel" }).click();
  await change.waitFor({ state: "detached" });

  await journey.sandbox.clock.moveTo(new Date(journey.sandbox.clock.now().getTime() + 100 * MINUTE));
  await page.getByText("The access ends soon.").waitFor();
  const warning = page.getByRole("button", { name: /^Ask for the access/ }).last();
  await warning.evaluate((shown) => shown.scrollIntoView({ block: "center" }));
  await shoot("end-warning");

  await own.getByRole("button", { name: /^End your access/ }).click();
  await page.getByRole("button", { name: "End it now" }).click();
  await page.getByText("The access has ended.").waitFor();
  await own.evaluate((shown) => shown.scrollIntoView({ block: "end" }));
  await shoot("ended");
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
