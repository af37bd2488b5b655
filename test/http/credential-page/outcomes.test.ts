import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fieldsOf } from "../../../src/services/zpa-admin/credential-writes.ts";
import { dora, everythingIn, kindsOf, NOW } from "../../services/credentials/a-credential-house.ts";
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

describe("ZPA", () => {
  it("refuses: nothing was changed, the page and Slack say why, and the link is used", async () => {
    const { browser, offered } = await page.readied();
    const csrf = csrfIn(await browser.open());
    await client.tenant.control.fault({ method: "POST", kind: "429", times: 50 });
    const seen = await browser.send({ csrf, password: PASSWORD });
    expect(headingIn(seen)).toBe("Zscaler did not take the secret");
    expect(seen.text).toContain("Zscaler is receiving too many calls");
    await page.settle({ handoverId: offered.handoverId });
    expect(page.told).toMatchObject([{ outcome: "REFUSED", failure: { code: "zpa_rate_limited" } }]);
    expect((await kindsOf(store.db)).at(-1)).toBe("credential.not-added");
  });

  it("cannot be read before anything is sent: the form says so, and the link stays open", async () => {
    const { browser } = await page.readied();
    const csrf = csrfIn(await browser.open());
    await client.tenant.control.fault({ method: "GET", kind: "503", times: 50 });
    const seen = await browser.send({ csrf, password: PASSWORD });
    expect(seen.status).toBe(422);
    expect(seen.text).toContain("Zscaler is busy");
    await client.tenant.control.clearFaults({});
    expect(headingIn(await browser.send({ password: PASSWORD }))).toBe("The secret is in Zscaler");
  });

  it("has a credential of that name by now: refused before it is sent", async () => {
    const { browser } = await page.readied();
    await client.zpa.credentials.create({
      name: "DB-PROD root",
      description: null,
      type: "PASSWORD",
      userName: null,
      userDomain: null,
      secret: { kind: "password", password: "whatever" },
      microtenantId: null,
    });
    expect((await browser.send({ password: PASSWORD })).text).toContain("There is a credential named db-prod root already");
  });

  it("has a credential that somebody else changed after the link was given: nothing is sent, and the link is closed", async () => {
    const [old] = await client.zpa.credentials.list({ search: "name EQ SCADA operator" });
    const standing = old ?? expect.fail("no credential");
    const offered = await page.credentials.offer({ by: dora, kind: "rotate", credentialId: standing.id, microtenantId: null });
    const browser = aBrowser(`${page.direct}${new URL(offered.url).pathname}`);
    await page.credentials.confirm({ by: dora, handoverId: offered.handoverId, code: codeIn(await browser.begin()) });
    const csrf = csrfIn(await browser.open());
    const secret = { kind: "password", password: "by somebody else" } as const;
    const changed = { ...fieldsOf(standing), userName: "operator-2", description: "changed meanwhile" };
    await client.zpa.credentials.update(standing, { ...changed, secret });
    const seen = await browser.send({ csrf, password: PASSWORD });
    expect([seen.status, headingIn(seen)]).toEqual([410, "This link was closed"]);
    expect(seen.text).toContain("changed in Zscaler after the link was given");
    expect(await client.zpa.credentials.get(standing.id)).toMatchObject({ userName: "operator-2", description: "changed meanwhile" });
    expect((await client.tenant.control.state()).calls.PUT).toBe(1);
    expect((await kindsOf(store.db)).slice(-1)).toEqual(["credential.link-closed"]);
    await expect(browser.send({ csrf, password: PASSWORD })).resolves.toMatchObject({ status: 410 });
  });

  it("takes it and its answer is lost: it is found by looking, told as done, and sent once", async () => {
    const { browser } = await page.readied();
    const csrf = csrfIn(await browser.open());
    await client.tenant.control.fault({ method: "POST", pathContains: "/credential", kind: "timeout-after-effect", times: 1 });
    expect(headingIn(await browser.send({ csrf, password: PASSWORD }))).toBe("The secret is in Zscaler");
    expect(await page.stored("db-prod root")).toHaveLength(1);
    expect((await client.tenant.control.state()).calls.POST).toBe(1);
  });

  it("does not answer and nothing is there: said as not certain, looked for again, and never sent again", async () => {
    const { browser, offered } = await page.readied();
    const csrf = csrfIn(await browser.open());
    await client.tenant.control.fault({ method: "POST", pathContains: "/credential", kind: "timeout-before-effect", times: 1 });
    const seen = await browser.send({ csrf, password: PASSWORD });
    expect(headingIn(seen)).toBe("It is not certain whether Zscaler has the secret");
    await page.settle({ handoverId: offered.handoverId });
    page.pass({ seconds: 180 });
    await page.settle({ handoverId: offered.handoverId });
    expect(page.told.map(({ outcome }) => outcome)).toEqual(["UNKNOWN"]);
    expect((await client.tenant.control.state()).calls.POST).toBe(1);
    expect(await page.stored("db-prod root")).toEqual([]);
  });
});

describe("a process that dies between the claim and the outcome", () => {
  it("is stood in for by the job: what stands in ZPA is found, and told", async () => {
    const { browser, offered } = await page.readied();
    await browser.send({ password: PASSWORD });
    await store.db.updateTable("credential_handover").set({ outcome: null, credential_id: null }).execute();
    expect(headingIn(await browser.open())).toBe("The secret is being sent");
    await page.settle({ handoverId: offered.handoverId });
    expect(page.told).toEqual([]);
    page.pass({ seconds: 180 });
    await page.settle({ handoverId: offered.handoverId });
    expect(page.told).toMatchObject([{ outcome: "DONE", credentialId: expect.any(String) }]);
    const planned = page.enqueued.filter(({ startAfter }) => startAfter !== null);
    expect(planned).toMatchObject([{ queue: "settle-handover", payload: { handoverId: offered.handoverId } }]);
  });
});

describe("a process that died while ZPA is away, too,", () => {
  it("leaves its person with the truth: not certain first, done once ZPA can be looked at", async () => {
    const { browser, offered } = await page.readied();
    await browser.send({ password: PASSWORD });
    await store.db.updateTable("credential_handover").set({ outcome: null, credential_id: null }).execute();
    page.pass({ seconds: 180 });
    await client.tenant.control.fault({ method: "GET", kind: "503", times: 50 });
    await expect(page.settle({ handoverId: offered.handoverId })).rejects.toMatchObject({ code: "zpa_busy" });
    await expect(page.settle({ handoverId: offered.handoverId })).rejects.toMatchObject({ code: "zpa_busy" });
    expect(page.told.map(({ outcome }) => outcome)).toEqual(["UNKNOWN"]);
    await client.tenant.control.clearFaults({});
    await page.settle({ handoverId: offered.handoverId });
    expect(page.told.map(({ outcome }) => outcome)).toEqual(["UNKNOWN", "DONE"]);
  });
});

/** Contract: of a secret nothing stays with us, on no path: not in a table, not in a line of the log, not in an answer of the page. */
describe("the secret, and what opens the link,", () => {
  it("are found nowhere: database, log, ledger, jobs", async () => {
    const { browser, offered } = await page.readied();
    await browser.send({ password: PASSWORD });
    const refused = await page.readied({ name: "refused one" });
    const csrf = csrfIn(await refused.browser.open());
    await client.tenant.control.fault({ method: "POST", pathContains: "/credential", kind: "timeout-before-effect", times: 1 });
    await refused.browser.send({ csrf, password: PASSWORD });
    for (const offer of [offered, refused.offered]) await page.settle({ handoverId: offer.handoverId });
    const kept = [await everythingIn(store.db), JSON.stringify(page.logged), JSON.stringify(page.enqueued), JSON.stringify(page.told)].join(
      "\n",
    );
    expect(kept).toContain("db-prod root");
    for (const hidden of [PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), encodeURIComponent(PASSWORD), "Correct-horse"])
      expect(kept).not.toContain(hidden);
    for (const { url } of [offered, refused.offered]) expect(kept).not.toContain(new URL(url).pathname.split("/").at(-1));
    for (const value of browser.jar.values()) expect(kept).not.toContain(value);
  });
});
