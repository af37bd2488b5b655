import { generateKeyPairSync } from "node:crypto";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aPage, PASSWORD, type PageUnderTest } from "../http/credential-page/a-page.ts";
import { dora, NOW } from "../services/credentials/a-credential-house.ts";
import { type TenantClient, tenantClient } from "../services/zpa/support/tenant-client.ts";
import { tireless } from "../services/zpa/support/tireless.ts";
import { aStore, type Store } from "../support/a-store.ts";
import { openBrowser } from "./support/browser.ts";
import { faintTexts } from "./support/contrast.ts";

let store: Store;
let client: TenantClient;
let served: PageUnderTest;
let browser: Browser;
const contexts: BrowserContext[] = [];

/** A browser of its own, with its own cookies and without any script. */
const openAs = async (options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-GB", ...options });
  contexts.push(context);
  return context.newPage();
};

beforeAll(async () => {
  store = await aStore();
  browser = await openBrowser();
});
beforeEach(async () => {
  await store.empty();
  client = await tenantClient({ tenant: { clock: { now: () => NOW }, monotonicMilliseconds: tireless() } });
  served = await aPage({ db: store.db, client });
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  await served.close();
  await client[Symbol.asyncDispose]();
});
afterAll(async () => {
  await browser.close();
  await store.close();
});

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const confirmed = async (page: Page, handoverId: string) => {
  await page.getByRole("button", { name: "Continue in this browser" }).click();
  const code = (await page.locator(".code").textContent()) ?? "";
  await served.credentials.confirm({ by: dora, handoverId, code });
};

describe("the one-time page in a real browser without scripts", () => {
  it("takes an SSH key as a file: continue, confirm, the page comes on by itself, choose, send", async () => {
    const { url, handoverId } = await served.offer({ name: "jump key", type: "SSH_KEY" });
    const page = await openAs();
    await page.goto(url);
    await confirmed(page, handoverId);
    await page.getByLabel("Or the file of the key").waitFor();
    const { privateKey } = generateKeyPairSync("ed25519", {
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    const file = { name: "id_ed25519", mimeType: "application/octet-stream" };
    await page.getByLabel("Or the file of the key").setInputFiles({ ...file, buffer: Buffer.from("hunter2") });
    await page.getByRole("button", { name: "Send to Zscaler" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("not a private key");
    await page.getByLabel("Or the file of the key").setInputFiles({ ...file, buffer: Buffer.from(privateKey) });
    await page.getByRole("button", { name: "Send to Zscaler" }).click();
    expect(await heading(page).textContent()).toBe("The secret is in Zscaler");
    await page.reload();
    expect(await heading(page).textContent()).toBe("The secret is in Zscaler");
    expect((await client.tenant.control.state()).credentials.filter(({ name }) => name === "jump key")).toHaveLength(1);
  });

  it("takes a password from a link that was clicked on another site, and again from there", async () => {
    const { url, handoverId } = await served.offer();
    const page = await openAs();
    const clickElsewhere = async () => {
      await page.route("http://slack.example/", (route) => route.fulfill({ contentType: "text/html", body: `<a href="${url}">link</a>` }));
      await page.goto("http://slack.example/");
      await page.getByRole("link").click();
    };
    await clickElsewhere();
    await page.getByRole("button", { name: "Continue in this browser" }).click();
    const code = (await page.locator(".code").textContent()) ?? "";
    await clickElsewhere();
    await page.getByRole("button", { name: "Continue in this browser" }).click();
    expect(await page.locator(".code").textContent()).toBe(code);
    await served.credentials.confirm({ by: dora, handoverId, code });
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Send to Zscaler" }).click();
    expect(await heading(page).textContent()).toBe("The secret is in Zscaler");
  });

  it("refuses a second browser, and a used link, in words", async () => {
    const { url, handoverId } = await served.offer();
    const page = await openAs();
    await page.goto(url);
    await confirmed(page, handoverId);
    const other = await openAs();
    await other.goto(url);
    expect(await heading(other).textContent()).toBe("This link is open in another browser");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Send to Zscaler" }).click();
    await other.reload();
    expect(await heading(other).textContent()).toBe("This link was used");
  });

  it.each(["light", "dark"] as const)(
    "is readable in the %s: every text stands out, on a phone nothing is cut off",
    async (colorScheme) => {
      const { url, handoverId } = await served.offer({ name: "x".repeat(200), type: "SSH_KEY" });
      const page = await openAs({ javaScriptEnabled: true, colorScheme, viewport: { width: 360, height: 740 } });
      await page.goto(url);
      const looks = async () => {
        expect(await faintTexts(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      };
      await looks();
      await page.getByRole("button", { name: "Continue in this browser" }).click();
      await looks();
      await served.credentials.confirm({ by: dora, handoverId, code: (await page.locator(".code").textContent()) ?? "" });
      await page.getByLabel("Passphrase of the key").waitFor();
      await looks();
    },
  );
});
