import { fileURLToPath } from "node:url";
import { cardOf, composer, directMessages, person, startJourney } from "./support/journey.ts";

const folder = new URL("../../docs/images/", import.meta.url);
const reason = "OPS-301: read the archive";

/** The pictures of docs/reference/commands.md: a card that warns, what access rules leave out, and the rule that is offered. */
const journey = await startJourney();
try {
  const page = await journey.visit({ height: 1000 });
  const shoot = (name: string) => page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: "disabled" });
  const form = page.getByRole("dialog", { name: "Request access" });
  const warning = form.getByText("An approval would not open mainframe-gateway.");
  // The access rules are read right after the catalog.
  for (let tries = 1; ; tries++) {
    await composer(page).fill(`/pra request mainframe-gateway for 2h because ${reason}`);
    await page.keyboard.press("Enter");
    await form.getByRole("button", { name: "Send request" }).waitFor();
    if ((await warning.count()) > 0) break;
    if (tries === 20) throw new Error("the form does not warn");
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
  }
  await form.getByRole("button", { name: "Send request" }).click();
  await form.waitFor({ state: "detached" });

  await person(page, "Ben Okafor.*1 unread").click();
  await directMessages(page).first().click();
  await cardOf(page, reason).waitFor();
  await shoot("card-without-effect");

  await person(page, "Chiyo Tanaka").click();
  await composer(page).fill("/pra policy");
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: "Access policy" });
  await list.getByText("Building control", { exact: true }).waitFor();
  await shoot("policy");

  await list.getByRole("button", { name: /approvals on Building control count/ }).click();
  const offer = page.getByRole("dialog", { name: "Access rule" });
  await offer.getByText("Facility management").first().waitFor();
  await shoot("policy-rule");
  await offer.getByRole("button", { name: /^Make the access rule/ }).click();
  await offer.getByText("It is as it was shown.").waitFor();
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
