import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { Locator, Page } from "playwright-core";
import { openDatabase } from "../../../src/store/open-database.ts";
import { deCredentialPage as sayPage } from "../../../src/texts/de-credential-page.ts";
import { deCredentials as say } from "../../../src/texts/de-credentials.ts";
import { keptLog } from "../../support/silent-log.ts";
import { composer, person } from "./journey.ts";

/** A modal of the sandbox's page by its title; the topmost. */
export const dialog = (page: Page, title: string): Locator => page.getByRole("dialog", { name: title.slice(0, 24) }).last();

/** Dora, who is an administrator and reads German, looks at the credentials. */
export async function openCredentials(page: Page, sought = ""): Promise<Locator> {
  await person(page, "Dora Klein").click();
  await composer(page).fill(`/pra credentials ${sought}`);
  await page.keyboard.press("Enter");
  const list = dialog(page, say.title);
  await list.getByText(say.oldestFirst).waitFor();
  return list;
}

/** Fills in the form for an SSH key. @returns the form with the link */
export async function askForLink(page: Page, { name, userName }: { readonly name: string; readonly userName: string }): Promise<Locator> {
  const list = await openCredentials(page);
  await list.getByRole("button", { name: say.addLabel }).click();
  const form = dialog(page, say.formTitle);
  await form.getByRole("textbox", { name: say.name, exact: true }).fill(name);
  await form.getByRole("combobox", { name: say.type }).fill("SSH");
  await form.getByRole("option", { name: sayPage.types.SSH_KEY }).click();
  await form.getByRole("textbox", { name: new RegExp(`^${say.userName}`) }).fill(userName);
  await form.getByRole("button", { name: say.getLink }).click();
  const offer = dialog(page, say.offerTitle.add);
  await offer.waitFor();
  return offer;
}

/** Presses the button with the link. @returns the page that opens, in the same browser */
export async function openPage(offer: Locator): Promise<Page> {
  const opened = offer.page().context().waitForEvent("page");
  await offer.getByRole("button", { name: /^Die einmalige Seite/ }).click();
  const page = await opened;
  await page.getByRole("heading", { level: 1, name: sayPage.begin.heading }).waitFor();
  return page;
}

export const headingOf = (page: Page): Promise<string | null> => page.getByRole("heading", { level: 1 }).textContent();

/** Goes on in this browser. @returns the code that it shows */
export async function takeLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: sayPage.begin.button }).click();
  return (await page.locator(".code").textContent()) ?? "";
}

export async function confirmCode(offer: Locator, code: string): Promise<void> {
  await offer.getByRole("textbox", { name: say.code }).fill(code);
  await offer.getByRole("button", { name: say.confirm }).click();
}

/** Sends the form of the one-time page as somebody else's page would: with what they like in it. */
export const forge = (page: Page, fields: Readonly<Record<string, string>>): Promise<void> =>
  page.evaluate((values) => {
    const form = document.createElement("form");
    form.method = "post";
    form.enctype = "multipart/form-data";
    for (const [name, value] of Object.entries(values)) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }, fields);

/** Every file of a bot's data, byte by byte, and every row of every table, after it has stopped. */
export async function everythingStored(folder: string): Promise<string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.map((file) => readFileSync(join(file.parentPath, file.name), "latin1"));
  const { db, close } = await openDatabase({ url: null, folder, log: keptLog().log });
  const tables = await sql<{ schema: string; name: string }>`
    select schemaname as schema, relname as name from pg_stat_user_tables`.execute(db);
  const rows: string[] = [];
  for (const { schema, name } of tables.rows) {
    const found = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.id(schema, name)} t`.execute(db);
    rows.push(...found.rows.map(({ row }) => `${schema}.${name} ${row}`));
  }
  await close();
  return [...bytes, ...rows].join("\n");
}
