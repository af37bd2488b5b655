import { createHash, generateKeyPairSync } from "node:crypto";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deCredentialMessages as sayOutcome } from "../../src/texts/de-credential-messages.ts";
import { deCredentialPage as sayPage } from "../../src/texts/de-credential-page.ts";
import { deCredentials as say } from "../../src/texts/de-credentials.ts";
import { type DataFolder, newMigratedFolder } from "../support/data-folder.ts";
import {
  askForLink,
  confirmCode,
  dialog,
  everythingStored,
  forge,
  headingOf,
  openCredentials,
  openPage,
  takeLink,
} from "./support/credentials.ts";
import { directMessages, type Journey, startJourney } from "./support/journey.ts";

const passphrase = "Nobody-may-read:7 & <this>";
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const forgedKey = "forged-key-that-nobody-takes";
const minutes = (count: number) => count * 60_000;

let journey: Journey;
let data: DataFolder;
const log: string[] = [];
const traffic: string[] = [];
beforeAll(async () => {
  data = await newMigratedFolder();
  journey = await startJourney({
    dataFolder: data.folder,
    logLevel: "debug",
    logTo: { write: (written) => void log.push(written) },
    overhear: (said) => void traffic.push(said),
  });
}, 60_000);
afterAll(() => data.remove());

const credentials = async () => (await journey.sandbox.tenant.control.state()).credentials;
const anotherBrowser = async (page: Page): Promise<BrowserContext> => {
  const browser = page.context().browser();
  if (browser === null) throw new Error("The page has no browser.");
  return browser.newContext({ locale: "de-DE" });
};

/**
 * Contract: a secret that an administrator hands over goes from their browser to ZPA alone. Who has the link without the browser, the code or the
 * form's own token is refused in words, and nothing of the secret is left in a log, a file or table of the database, or anything that was said to
 * or by Slack.
 */
describe("an SSH key through the one-time page", { timeout: 120_000 }, () => {
  let link = "";

  it("is taken from the browser whose code was confirmed in Slack, and from no other", async () => {
    const page = await journey.visit({ height: 1000 });
    const offer = await askForLink(page, { name: "ledger-db key", userName: "ledger" });
    const secretPage = await openPage(offer);
    link = secretPage.url();
    const code = await takeLink(secretPage);

    const second = await anotherBrowser(page);
    const elsewhere = await second.newPage();
    await elsewhere.goto(link);
    expect(await headingOf(elsewhere)).toBe(sayPage.elsewhere.heading);

    // Unconfirmed: the page goes on showing its code, whatever it is sent.
    await forge(secretPage, { key: forgedKey, passphrase: "", csrf: "x" });
    await secretPage.getByRole("heading", { level: 1, name: sayPage.code.heading }).waitFor();
    await confirmCode(offer, code === "000 000" ? "000 001" : "000 000");
    await offer.getByText(/^Das ist nicht der Code/).waitFor();
    expect(await credentials()).not.toContainEqual(expect.objectContaining({ name: "ledger-db key" }));

    await confirmCode(offer, code);
    await dialog(page, say.confirmedTitle).waitFor();
    await secretPage.getByLabel(sayPage.form.key, { exact: true }).waitFor(); // by itself
    await forge(secretPage, { key: forgedKey, passphrase: "", csrf: "forged" });
    await secretPage.getByRole("heading", { level: 1, name: sayPage.forged.heading }).waitFor();
    await elsewhere.reload();
    expect(await headingOf(elsewhere)).toBe(sayPage.elsewhere.heading);
    expect(await credentials()).not.toContainEqual(expect.objectContaining({ name: "ledger-db key" }));

    await secretPage.goto(link);
    await secretPage.getByLabel(sayPage.form.key, { exact: true }).fill(privateKey);
    await secretPage.getByLabel(sayPage.form.passphrase).fill(passphrase);
    await secretPage.getByRole("button", { name: sayPage.form.button }).click();
    await secretPage.getByRole("heading", { level: 1, name: sayPage.outcomes.DONE[0] }).waitFor();
    const [made] = (await credentials()).filter(({ name }) => name === "ledger-db key");
    const secretSha256 = createHash("sha256").update([privateKey, passphrase].join("\0")).digest("hex");
    expect(made).toMatchObject({ credentialType: "SSH_KEY", userName: "ledger", secretSha256 });

    await elsewhere.reload();
    expect(await headingOf(elsewhere)).toBe(sayPage.over.used[0]);
    await dialog(page, say.confirmedTitle).getByRole("button", { name: "Schließen" }).first().click();
    await dialog(page, say.title).getByRole("button", { name: "Schließen" }).first().click();
    await directMessages(page).first().click();
    await page.getByRole("article").getByText(sayOutcome.outcomes.DONE.add).waitFor();
    await journey.expectQuiet(page);
    await second.close();
    await page.close();
  });

  it("has no way once the ten minutes are over", async () => {
    const page = await journey.visit({ height: 1000 });
    const list = await openCredentials(page, "ledger-db");
    await list.getByRole("button", { name: say.detailsLabel("ledger-db key") }).click();
    await dialog(page, say.detailsTitle)
      .getByRole("button", { name: say.rotateLabel("ledger-db key") })
      .click();
    const offer = dialog(page, say.offerTitle.rotate);
    const secretPage = await openPage(offer);
    const code = await takeLink(secretPage);
    await confirmCode(offer, code);
    await secretPage.getByLabel(sayPage.form.key, { exact: true }).fill(privateKey);
    await secretPage.getByLabel(sayPage.form.passphrase).fill(passphrase);
    const [before] = (await credentials()).filter(({ name }) => name === "ledger-db key");
    const { clock } = journey.sandbox;
    await clock.moveTo(new Date(clock.now().getTime() + minutes(11)));
    await secretPage.getByRole("button", { name: sayPage.form.button }).click();
    await secretPage.getByRole("heading", { level: 1, name: sayPage.over.expired[0] }).waitFor();
    await secretPage.goto(link);
    expect(await headingOf(secretPage)).toBe(sayPage.over.used[0]);
    const [after] = (await credentials()).filter(({ name }) => name === "ledger-db key");
    expect(after).toEqual(before);
    await journey.expectQuiet(page);
    await page.close();
  });

  it("leaves nothing of the secret in logs, in the database or in what passed through Slack", async () => {
    await journey.close();
    const lines = privateKey.split("\n").filter((each) => each.length > 10 && !each.startsWith("-----"));
    expect(lines.length).toBeGreaterThan(10);
    const token = new URL(link).pathname.split("/").at(-1) ?? "";
    const places = { log: log.join(""), stored: await everythingStored(data.folder), traffic: traffic.join("\n") };
    // What is no secret is found in each: the search sees what is there.
    expect(places.log).toContain("credential-page.listening");
    for (const place of [places.stored, places.traffic]) expect(place).toContain("ledger-db key");
    expect(places.traffic).toContain(token); // the link itself goes to its person
    for (const [name, place] of Object.entries(places))
      for (const secret of [
        ...lines,
        passphrase,
        JSON.stringify(passphrase).slice(1, -1),
        encodeURIComponent(passphrase),
        forgedKey,
        "BEGIN ENCRYPTED PRIVATE KEY",
      ])
        expect(place.includes(secret), `${secret} in ${name}`).toBe(false);
    for (const place of [places.log, places.stored]) expect(place.includes(token)).toBe(false);
  });
});
