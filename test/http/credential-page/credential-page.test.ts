import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dora, emil, kindsOf, ledgerOf, NOW } from "../../services/credentials/a-credential-house.ts";
import { tenantForTests } from "../../services/zpa/support/tenant-for-tests.ts";
import { tireless } from "../../services/zpa/support/tireless.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { aBrowser, aPage, codeIn, csrfIn, headingIn, PASSWORD, type PageUnderTest } from "./a-page.ts";

const store = storeForTests();
const client = tenantForTests({ tenant: { clock: { now: () => NOW }, monotonicMilliseconds: tireless() }, totalMilliseconds: 1_500 });
let page: PageUnderTest;
beforeEach(async () => {
  page = await aPage({ db: store.db, client });
});
afterEach(() => page.close());

const linkOf = ({ url }: { readonly url: string }) => `${page.direct}${new URL(url).pathname}`;

describe("a password on its way", () => {
  it("goes from the browser to ZPA: continue, confirm the code in Slack, type, read back, told", async () => {
    const offered = await page.offer();
    const browser = aBrowser(linkOf(offered));
    expect(headingIn(await browser.open())).toBe("Hand over a secret");
    const code = codeIn(await browser.begin());
    expect(code).toMatch(/^\d{3} \d{3}$/);
    expect((await browser.open()).text).toContain('<meta http-equiv="refresh"');
    await page.credentials.confirm({ by: dora, handoverId: offered.handoverId, code });
    const form = await browser.open();
    expect(form.text).toContain('name="password"');
    expect(form.text).toContain("db-prod root");
    const done = await browser.send({ password: PASSWORD });
    expect(headingIn(done)).toBe("The secret is in Zscaler");
    expect(await page.stored("db-prod root")).toMatchObject([{ userName: "root", credentialType: "USERNAME_PASSWORD" }]);
    await page.settle({ handoverId: offered.handoverId });
    await page.settle({ handoverId: offered.handoverId });
    expect(page.told).toMatchObject([{ outcome: "DONE", fields: { name: "db-prod root" }, by: dora }]);
    expect(await kindsOf(store.db)).toEqual([
      "credential.link-given",
      "credential.link-opened",
      "credential.code-confirmed",
      "credential.to-be-added",
      "credential.added",
    ]);
    expect(new Set((await ledgerOf(store.db)).map(({ actor }) => actor))).toEqual(new Set(["UDORA"]));
  });

  it("replaces the one that is there: its last reset moves, nothing else does", async () => {
    const [old] = (await page.credentials.list({ by: dora, search: "SCADA operator" })).credentials;
    const offered = await page.credentials.offer({ by: dora, kind: "rotate", credentialId: old?.id ?? "", microtenantId: null });
    const browser = aBrowser(linkOf(offered));
    await page.credentials.confirm({ by: dora, handoverId: offered.handoverId, code: codeIn(await browser.begin()) });
    expect(headingIn(await browser.send({ password: PASSWORD }))).toBe("The secret is in Zscaler");
    const [now] = (await page.credentials.list({ by: dora, search: "SCADA operator" })).credentials;
    expect(now).toMatchObject({ id: old?.id, name: "SCADA operator", userName: "operator", userDomain: "plant.acme.example", ageDays: 0 });
    expect(await kindsOf(store.db)).toContain("credential.rotated");
  });

  it.each(["textarea", "file"])("that is a key is taken from the %s, checked, and sent with its passphrase", async (from) => {
    const { browser } = await page.readied({ name: "jump key", type: "SSH_KEY" });
    const passphrase = "open sesame 12";
    const { privateKey } = generateKeyPairSync("ed25519", {
      privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    const key: Record<string, string | Blob> =
      from === "file" ? { file: new File([privateKey], "id_ed25519") } : { key: privateKey.replaceAll("\n", "\r\n") };
    const wrong = await browser.send({ ...key, passphrase: "something else" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("The passphrase does not open this private key");
    expect(await page.stored("jump key")).toEqual([]);
    expect(headingIn(await browser.send({ ...key, passphrase }))).toBe("The secret is in Zscaler");
    expect(await page.stored("jump key")).toHaveLength(1);
  });
});

/** Contract: a link is for one person, one browser, one secret, ten minutes. Whatever else comes is refused, in words, and changes nothing. */
describe("a link", () => {
  it("that was used says so to everybody else, and sends nothing a second time", async () => {
    const { browser, offered } = await page.readied();
    const csrf = csrfIn(await browser.open());
    await browser.send({ password: PASSWORD });
    const other = await aBrowser(linkOf(offered)).open();
    expect([other.status, headingIn(other)]).toEqual([410, "This link was used"]);
    expect(headingIn(await browser.send({ csrf, password: "another one" }))).toBe("The secret is in Zscaler");
    expect((await client.tenant.control.state()).calls.POST).toBe(1);
  });

  it.each(["before it is opened", "while the code waits", "with the form open"])("ends after ten minutes, %s", async (when) => {
    const { browser, offered } =
      when === "with the form open"
        ? await page.readied()
        : await page.offer().then((each) => ({ offered: each, browser: aBrowser(linkOf(each)) }));
    if (when === "while the code waits") await browser.begin();
    const csrf = when === "with the form open" ? csrfIn(await browser.open()) : "";
    page.pass({ seconds: 600 });
    for (const seen of [await browser.open(), await browser.begin(), await browser.send({ csrf, password: PASSWORD })])
      expect([seen.status, headingIn(seen)]).toEqual([410, "This link has expired"]);
    await expect(page.credentials.confirm({ by: dora, handoverId: offered.handoverId, code: "000000" })).rejects.toMatchObject({
      code: "handover_over",
      details: { params: { why: "expired" } },
    });
    expect((await client.tenant.control.state()).calls.POST).toBeUndefined();
  });

  it("belongs to the first browser that continues; a second one is refused, also with the form's own token, and is in the ledger once", async () => {
    const { browser, offered } = await page.readied();
    const csrf = csrfIn(await browser.open());
    const thief = aBrowser(linkOf(offered));
    for (const seen of [await thief.open(), await thief.begin(), await thief.send({ csrf, password: "theirs" })])
      expect([seen.status, headingIn(seen)]).toEqual([403, "This link is open in another browser"]);
    thief.jar.set("portcullis-handover", "A".repeat(43));
    expect((await thief.send({ csrf, password: "theirs" })).status).toBe(403);
    expect((await kindsOf(store.db)).filter((kind) => kind === "credential.other-browser")).toHaveLength(1);
    expect(headingIn(await browser.send({ password: PASSWORD }))).toBe("The secret is in Zscaler");
  });

  it("is neither used up nor taken by programs that look at it first", async () => {
    const { url } = await page.offer();
    for (const method of ["GET", "HEAD", "GET"]) {
      const bot = await fetch(url, { method, headers: { "user-agent": "Slackbot-LinkExpanding 1.0" } });
      expect(bot.status).toBe(200);
      expect(bot.headers.getSetCookie()).toEqual([]);
      expect(await bot.text()).not.toContain("db-prod");
    }
    expect(codeIn(await aBrowser(url).begin())).not.toBe("");
  });

  it("clicked again in Slack's own page, which brings no strict cookie, goes on in its browser and in no other", async () => {
    const { url } = await page.offer();
    const browser = aBrowser(url);
    await browser.begin();
    const kept = new Map(browser.jar);
    browser.jar.clear();
    expect(headingIn(await browser.open({ "sec-fetch-site": "cross-site" }))).toBe("Hand over a secret");
    for (const [name, value] of kept) browser.jar.set(name, value);
    expect(codeIn(await browser.begin())).not.toBe("");
    expect((await aBrowser(url).begin()).status).toBe(403);
  });

  it("does not take the secret before the code is confirmed", async () => {
    const { url } = await page.offer();
    const browser = aBrowser(url);
    await browser.begin();
    const early = await browser.send({ csrf: "x", password: PASSWORD });
    expect(headingIn(early)).toBe("Confirm this code in Slack");
    expect((await client.tenant.control.state()).calls.POST).toBeUndefined();
  });

  it("is over after five wrong codes, at once as well as one by one", async () => {
    const offered = await page.offer();
    const browser = aBrowser(linkOf(offered));
    const code = codeIn(await browser.begin()).replace(" ", "");
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => page.credentials.confirm({ by: dora, handoverId: offered.handoverId, code: wrong })),
    );
    const left = tries.map((each) =>
      each.status === "rejected" ? (each.reason.details.params.left ?? each.reason.details.params.why) : null,
    );
    expect(left.toSorted()).toEqual([1, 2, 3, 4, "codes"]);
    await expect(page.credentials.confirm({ by: dora, handoverId: offered.handoverId, code })).rejects.toMatchObject({
      code: "handover_over",
    });
    expect(headingIn(await browser.open())).toBe("This link was closed");
    expect((await kindsOf(store.db)).slice(-2)).toEqual(["credential.code-wrong", "credential.link-closed"]);
  });

  it("is confirmed by its own person alone, and not before a browser shows a code", async () => {
    const offered = await page.offer();
    const confirm = (by: typeof dora, code: string) => page.credentials.confirm({ by, handoverId: offered.handoverId, code });
    await expect(confirm(dora, "000000")).rejects.toMatchObject({ code: "handover_not_opened" });
    const code = codeIn(await aBrowser(linkOf(offered)).begin());
    await expect(confirm(emil, code)).rejects.toMatchObject({ code: "handover_unknown" });
    await expect(confirm(dora, ` ${code.replace(" ", "-")} `)).resolves.toMatchObject({ id: offered.handoverId });
  });

  it("is closed by the next one of the same person, and by nobody else's", async () => {
    const first = await page.offer();
    const others = await page.offer({ by: emil });
    const second = await page.offer();
    expect(headingIn(await aBrowser(linkOf(first)).open())).toBe("A newer link took the place of this one");
    expect(headingIn(await aBrowser(linkOf(second)).open())).toBe("Hand over a secret");
    expect(headingIn(await aBrowser(linkOf(others)).open())).toBe("Ein Geheimnis übergeben");
  });

  it.each([
    ["is no administrator any more", () => page.people.admins.delete("UDORA")],
    ["has left Slack", () => page.people.left.add("UDORA")],
  ])("is closed when its person %s, also with the form open", async (_, happen) => {
    const { browser } = await page.readied();
    const csrf = csrfIn(await browser.open());
    happen();
    const seen = await browser.send({ csrf, password: PASSWORD });
    expect([seen.status, headingIn(seen)]).toEqual([403, "This link was closed"]);
    expect((await client.tenant.control.state()).calls.POST).toBeUndefined();
    expect((await kindsOf(store.db)).at(-1)).toBe("credential.link-closed");
  });
});

describe("a forged form", () => {
  it.each([
    ["without the token", "", {}],
    ["with a made-up token", "forged", {}],
    ["from another site, as its browser says", null, { "sec-fetch-site": "cross-site" }],
    ["from another origin", null, { origin: "https://evil.example" }],
  ])("is refused: %s", async (_, token, headers) => {
    const { browser } = await page.readied();
    const csrf = token ?? csrfIn(await browser.open());
    const seen = await browser.send({ csrf, password: PASSWORD }, headers);
    expect([seen.status, headingIn(seen)]).toEqual([403, "This form cannot be used"]);
    expect((await client.tenant.control.state()).calls.POST).toBeUndefined();
  });

  it("with the token of another link of the same person's is refused", async () => {
    const first = await page.readied({ by: emil, name: "one" });
    const csrf = csrfIn(await first.browser.open());
    const { browser } = await page.readied({ name: "two" });
    expect((await browser.send({ csrf, password: PASSWORD })).status).toBe(403);
  });
});

describe("what is wrong with a secret", () => {
  it.each([
    ["USERNAME_PASSWORD", { password: "" }, "The secret is missing"],
    ["USERNAME_PASSWORD", { password: "x".repeat(1_025) }, "longer than a secret may be"],
    ["SSH_KEY", { key: "not a key" }, "not a private key that can be read"],
    ["SSH_KEY", { key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE dora" }, "public key"],
  ] as const)("of a %s is said at the form, repeats nothing of it, and leaves the link open (%j)", async (type, fields, sentence) => {
    const { browser } = await page.readied({ type });
    const seen = await browser.send(fields);
    expect(seen.status).toBe(422);
    expect(seen.text).toContain(sentence);
    for (const value of Object.values(fields)) if (value !== "") expect(seen.text).not.toContain(`>${value}<`);
    expect(seen.text).toContain('name="csrf"');
  });

  it("is found by its size alone where it is far too large", async () => {
    const { browser } = await page.readied({ type: "SSH_KEY" });
    const seen = await browser.send({ key: "x".repeat(120_000) });
    expect([seen.status, headingIn(seen)]).toEqual([413, "This is too large"]);
  });
});
