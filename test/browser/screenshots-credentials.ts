import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { composer, person, startJourney } from "./support/journey.ts";

const folder = new URL("../../docs/images/", import.meta.url);
const shoot = (page: Page, name: string) =>
  page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: "disabled" });

/** The pictures of docs/reference/commands.md: the list, the form without a secret, and the two faces of the one-time page. */
const journey = await startJourney();
try {
  const page = await journey.visit({ height: 1000 });
  await person(page, "Chiyo Tanaka").click();
  await composer(page).fill("/pra credentials");
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: "Credentials" });
  await list.getByText("SCADA operator").waitFor();
  await shoot(page, "credentials");

  await list.getByRole("button", { name: "Add a credential to Zscaler" }).click();
  const form = page.getByRole("dialog", { name: "Add a credential" });
  await form.getByRole("textbox", { name: "Name", exact: true }).fill("ledger-db key");
  await form.getByRole("combobox", { name: "Type" }).fill("SSH");
  await form.getByRole("option", { name: "SSH private key" }).click();
  await form.getByRole("textbox", { name: /^User name/ }).fill("ledger");
  await shoot(page, "credentials-add");
  await form.getByRole("button", { name: "Get the link" }).click();

  const offer = page.getByRole("dialog", { name: "Hand over the secret" });
  const opened = page.context().waitForEvent("page");
  await offer.getByRole("button", { name: /^Open the one-time page/ }).click();
  const secretPage = await opened;
  await secretPage.setViewportSize({ width: 720, height: 560 });
  await secretPage.getByRole("button", { name: "Continue in this browser" }).click();
  const code = (await secretPage.locator(".code").textContent()) ?? "";
  await shoot(secretPage, "credential-page-code");
  await offer.getByRole("textbox", { name: /^Code/ }).fill(code);
  await shoot(page, "credentials-link");
  await offer.getByRole("button", { name: "Confirm the code" }).click();
  await secretPage.setViewportSize({ width: 720, height: 1090 });
  await secretPage.getByLabel("Private key", { exact: true }).waitFor();
  await shoot(secretPage, "credential-page-form");

  await page.getByRole("dialog", { name: "Code confirmed" }).getByRole("button", { name: "Close" }).first().click();
  await list.getByRole("button", { name: "Details of db-prod maintenance, and what can be done with it" }).click();
  const details = page.getByRole("dialog", { name: "Credential", exact: true });
  await details.getByRole("button", { name: "Delete db-prod maintenance" }).click();
  await page.getByRole("dialog", { name: "Delete a credential" }).getByText("Databases").waitFor();
  await shoot(page, "credentials-delete");
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
