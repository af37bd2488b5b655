import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { askFor, cardOf, composer, directMessages, person, startJourney } from "./support/journey.ts";

const folder = new URL("../../docs/images/", import.meta.url);
await mkdir(folder, { recursive: true });

/** The pictures of the README: the main job as the sandbox page shows it. */
const journey = await startJourney();
try {
  const page = await journey.visit({ height: 960 }); // tall enough for a whole card
  const shoot = (name: string) => page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: "disabled" });

  await composer(page).fill("/pra request db-prod weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123");
  await composer(page).press("Enter");
  const form = page.getByRole("dialog", { name: "Request access" });
  await form.getByText("db-prod", { exact: true }).waitFor();
  await shoot("form");
  await form.getByRole("button", { name: "Send request" }).click();
  await form.waitFor({ state: "detached" });

  await person(page, "Ben Okafor.*1 unread").click();
  await directMessages(page).first().click();
  const card = cardOf(page, "OPS-123");
  await card.getByRole("button", { name: /^Approve/ }).waitFor();
  await shoot("card-pending");
  await card.getByRole("button", { name: /^Approve/ }).click();
  await card
    .getByText(/Granted/)
    .first()
    .waitFor();
  await page.locator(".door").waitFor();
  await person(page, "Ana Ribeiro").click();
  await directMessages(page).first().click();
  await page.getByText("Granted. The access stands in Zscaler.").waitFor();
  await cardOf(page, "OPS-123").evaluate((shown) => shown.scrollIntoView({ block: "start" }));
  await shoot("card-granted");
  await page.getByRole("button", { name: /Portcullis Home/ }).click();
  await page.getByRole("main").getByText("db-prod").first().waitFor();
  await shoot("home");

  await directMessages(page).first().click();
  await askFor(page, "db-prod, db-staging for 4h because OPS-124", "db-staging");
  await person(page, "Ben Okafor").click();
  const second = cardOf(page, "OPS-124");
  await second.getByRole("button", { name: /^Ask/ }).click();
  const asking = page.getByRole("dialog", { name: "Ask" });
  await asking.getByRole("textbox", { name: "Question" }).fill("Which of the two first? The replica is being rebuilt until noon.");
  await asking.getByRole("button", { name: "Ask", exact: true }).click();
  await asking.waitFor({ state: "detached" });
  await person(page, "Ana Ribeiro").click();
  const asked = cardOf(page, "OPS-124");
  await asked.getByText("The replica is being rebuilt").last().waitFor();
  await asked.getByRole("button", { name: "Reply in thread" }).click();
  await asked.getByRole("textbox", { name: "Reply in thread" }).fill("db-prod. db-staging can wait until tomorrow.");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await asked.getByText("Comments (2)").waitFor();
  await asked.evaluate((shown) => shown.scrollIntoView({ block: "end" }));
  await shoot("ask");
  await person(page, "Ben Okafor").click();
  await second.getByText("db-staging can wait").last().waitFor();
  await second.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: /changes/ }).click();
  const changes = page.getByRole("dialog", { name: "Approve with changes" });
  await changes.getByText("db-staging").first().click();
  await shoot("approve-with-changes");
  await page.keyboard.press("Escape");
  await changes.waitFor({ state: "detached" });
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
