import { beforeEach, describe, expect, it } from "vitest";
import { storeForTests } from "../../support/store-for-tests.ts";
import { tenantForTests } from "../zpa/support/tenant-for-tests.ts";
import { tireless } from "../zpa/support/tireless.ts";
import { aCredentialHouse, deedOn, dora, kindsOf, NOW, newKey } from "./a-credential-house.ts";

const store = storeForTests();
const client = tenantForTests({ tenant: { clock: { now: () => NOW }, monotonicMilliseconds: tireless() } });
let house: ReturnType<typeof aCredentialHouse>;
beforeEach(() => {
  house = aCredentialHouse({ db: store.db, client });
});

describe("looking at one credential", () => {
  it("says where it is and where it could be moved to", async () => {
    const crane = deedOn(await house.named("RTM crane panel"));
    const { credential, elsewhere, canRotate, maxAgeDays } = await house.credentials.look(crane);
    expect(credential).toMatchObject({ name: "RTM crane panel", microtenantId: crane.microtenantId, microtenantName: "Plant Rotterdam" });
    expect({ canRotate, maxAgeDays }).toEqual({ canRotate: true, maxAgeDays: 90 });
    expect(elsewhere.map(({ name }) => name)).toContain("Default");
    expect(elsewhere.map(({ id }) => id)).not.toContain(crane.microtenantId);
  });

  it("says before a move or a deletion where it is by name, and which rules use it there", async () => {
    house.uses.push({ ruleId: "r1", name: "Crane" });
    const crane = deedOn(await house.named("RTM crane panel"));
    expect(await house.credentials.previewMove({ ...crane, to: null })).toMatchObject({
      credential: { microtenantName: "Plant Rotterdam" },
      uses: [{ name: "Crane" }],
      to: { id: null, name: "Default" },
    });
    expect(await house.credentials.previewRemove(crane)).toMatchObject({ credential: { microtenantName: "Plant Rotterdam" } });
    expect(await kindsOf(store.db)).toEqual([]);
  });

  it("offers a new one every microtenant, the Default one too", async () => {
    const { places } = await house.credentials.room({ by: dora });
    expect(places.map(({ name }) => name)).toEqual(expect.arrayContaining(["Default", "Plant Rotterdam"]));
    expect(places.filter(({ id }) => id === null)).toHaveLength(1);
  });
});

/** Contract: a form that has waited too long for ZPA is told so, and no link is made that its person would never see. */
describe("a form that waits for ZPA", () => {
  it("is told that it took too long, and gives no link", async () => {
    const { promise, resolve } = Promise.withResolvers<never[]>();
    house.ports.zpa.credentials.list = () => promise;
    const timers = { ...house.ports.timers, sleep: async () => {} };
    const hasty = aCredentialHouse({ db: store.db, client, timers });
    await expect(hasty.credentials.offer(newKey)).rejects.toMatchObject({ code: "zpa_busy" });
    resolve([]);
    await promise;
    expect(await kindsOf(store.db)).toEqual([]);
  });
});
