import { afterEach, describe, expect, it } from "vitest";
import { NOW } from "../../services/credentials/a-credential-house.ts";
import { tenantForTests } from "../../services/zpa/support/tenant-for-tests.ts";
import { tireless } from "../../services/zpa/support/tireless.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { aBrowser, aPage, csrfIn, headingIn, PASSWORD, type PageUnderTest, type Seen } from "./a-page.ts";

const store = storeForTests();
const client = tenantForTests({ tenant: { clock: { now: () => NOW }, monotonicMilliseconds: tireless() } });
const pages: PageUnderTest[] = [];
const open = async (over: Partial<Parameters<typeof aPage>[0]> = {}) => {
  const page = await aPage({ db: store.db, client, ...over });
  pages.push(page);
  return page;
};

afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.close()));
});

const pathOf = ({ url }: { readonly url: string }) => new URL(url).pathname;
async function inTurn(times: number, work: (index: number) => Promise<number>): Promise<number[]> {
  const done: number[] = [];
  for (let index = 0; index < times; index++) done.push(await work(index));
  return done;
}
const UNKNOWN = `/credentials/${"x".repeat(43)}`;

/** Contract: whatever the page answers, nobody keeps, frames, guesses or tells it on, and nothing in it can run or load. */
describe("every answer", () => {
  const guarded = ({ headers, text }: Seen) => {
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(text).not.toMatch(/<script|\son\w+=|style="|src=|https?:\/\//i);
  };

  it("is guarded: first page, code, form, error, outcome, refusal, unknown link, too large, forged, failed", async () => {
    const page = await open();
    const { browser, offered } = await page.readied();
    const link = `${page.direct}${pathOf(offered)}`;
    const waiting = aBrowser(`${page.direct}${pathOf(await page.offer({ by: { teamId: "T1", userId: "UEMIL" }, name: "two" }))}`);
    const seen: readonly (readonly [number, Seen])[] = [
      [200, await waiting.open()],
      [200, await waiting.begin()],
      [200, await browser.open()],
      [422, await browser.send({ password: "" })],
      [403, await browser.send({ csrf: "forged", password: PASSWORD })],
      [403, await aBrowser(link).open()],
      [413, await browser.send({ password: "x".repeat(200_000) })],
      [404, await aBrowser(`${page.direct}${UNKNOWN}`).open()],
      [404, await aBrowser(`${page.direct}/elsewhere`).open()],
      [200, await browser.send({ password: PASSWORD })],
      [410, await aBrowser(link).open()],
    ];
    for (const [status, each] of seen) {
      expect([status, headingIn(each)]).toEqual([each.status, expect.stringMatching(/.{8,}/)]);
      guarded(each);
      expect(each.text).toMatch(/<html lang="(?:en-GB|de-DE)">/);
      expect(each.headers.has("strict-transport-security")).toBe(false);
    }
  });

  it("that fails of itself is guarded, too, and shows a reference that is in the log, beside no token", async () => {
    const page = await open({ db: store.db });
    const { offered, browser } = await page.readied();
    page.ports.zpa.credentials.list = () => Promise.reject(new TypeError("a fault of ours"));
    const seen = await browser.send({ password: PASSWORD });
    expect(seen.status).toBe(500);
    guarded(seen);
    const reference = seen.text.match(/reference ([0-9A-F]{8})/)?.[1];
    expect(page.logged).toContainEqual(expect.objectContaining({ msg: "credential-page.failed", reference }));
    expect(JSON.stringify(page.logged)).not.toContain(pathOf(offered).split("/").at(-1));
  });
});

describe("the browser's cookie", () => {
  it("is for this link alone, out of reach of scripts and other sites; on this machine without Secure", async () => {
    const page = await open();
    const offered = await page.offer();
    const browser = aBrowser(`${page.direct}${pathOf(offered)}`);
    await browser.begin();
    expect(browser.set).toEqual([
      expect.stringMatching(
        new RegExp(`^portcullis-handover=[\\w-]{43}; Max-Age=900; Path=${pathOf(offered)}; HttpOnly; SameSite=Strict$`),
      ),
    ]);
  });

  it("is Secure, with the prefix that holds it to that, where the page is reached by https; and every answer asks for https to stay", async () => {
    const page = await open({ url: "https://portcullis.example.com" });
    const offered = await page.offer();
    expect(offered.url).toMatch(/^https:\/\/portcullis\.example\.com\/credentials\/[\w-]{43}$/);
    const browser = aBrowser(`${page.direct}${pathOf(offered)}`, { headers: { "x-forwarded-proto": "https" } });
    await browser.begin();
    expect(browser.set).toEqual([expect.stringMatching(/^__Secure-portcullis-handover=.*; HttpOnly; Secure; SameSite=Strict$/)]);
    expect((await browser.open()).headers.get("strict-transport-security")).toMatch(/^max-age=\d+$/);
  });
});

describe("a call by the wrong way", () => {
  it("is refused: in plain text before the proxy, or on this machine under a name that leads here from elsewhere", async () => {
    const behind = await open({ url: "https://portcullis.example.com" });
    const plain = await aBrowser(`${behind.direct}${pathOf(await behind.offer())}`).open({ "x-forwarded-proto": "http" });
    expect([plain.status, headingIn(plain)]).toEqual([421, "This page is not served at this address"]);
    const local = await open();
    const path = pathOf(await local.offer());
    const { request } = await import("node:http");
    const status = await new Promise((resolve, reject) =>
      request(`${local.direct}${path}`, { headers: { host: "rebound.example" } }, (answer) => resolve(answer.statusCode))
        .on("error", reject)
        .end(),
    );
    expect(status).toBe(421);
  });
});

describe("the page's language", () => {
  it("is that of the person in Slack; of the browser where no link is known", async () => {
    const page = await open();
    const offered = await page.offer({ by: { teamId: "T1", userId: "UEMIL" } });
    expect((await aBrowser(`${page.direct}${pathOf(offered)}`).open({ "accept-language": "en" })).text).toContain('lang="de-DE"');
    const unknown = (language: string) => aBrowser(`${page.direct}${UNKNOWN}`).open({ "accept-language": language });
    expect((await unknown("fr-FR, de;q=0.8, en;q=0.5")).text).toContain("Diesen Link gibt es nicht");
    expect((await unknown("pt-BR")).text).toContain("There is no such link");
  });
});

describe("what people typed into Slack", () => {
  it("is shown as text, whatever it looks like", async () => {
    const page = await open();
    const name = `<b>x</b>"><script>alert(1)</script>`;
    const { browser } = await page.readied({ name });
    const { text } = await browser.open();
    expect(text).not.toContain("<script");
    expect(text).toContain("&lt;b&gt;x&lt;/b&gt;");
  });
});

describe("a brake", () => {
  it("stops an address that tries links that there are none of, and no other address", async () => {
    const page = await open({ proxies: 1 });
    const guess = (address: string) => aBrowser(`${page.direct}${UNKNOWN}`).open({ "x-forwarded-for": `1.1.1.1, ${address}` });
    const statuses = await inTurn(12, async () => (await guess("203.0.113.7")).status);
    expect(statuses.slice(0, 9)).toEqual(Array(9).fill(404));
    const stopped = await guess("203.0.113.7");
    expect([stopped.status, headingIn(stopped)]).toEqual([429, "Too many tries"]);
    expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await guess("203.0.113.8")).status).toBe(404);
  });

  it("stops calls of one link; and without a proxy that is ours nobody's X-Forwarded-For counts", async () => {
    const page = await open();
    const offered = await page.offer();
    const look = (address: string) => aBrowser(`${page.direct}${pathOf(offered)}`).open({ "x-forwarded-for": address });
    const statuses = await inTurn(61, async (index) => (await look(`203.0.113.${index}`)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("the form of a browser that keeps no cookies", () => {
  it("says so instead of taking a secret", async () => {
    const page = await open();
    const { browser, offered } = await page.readied();
    const csrf = csrfIn(await browser.open());
    browser.jar.clear();
    expect((await browser.send({ csrf, password: PASSWORD })).status).toBe(403);
    expect(pathOf(offered)).toMatch(/^\/credentials\//);
  });
});
