import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { createCatalog } from "../../../src/services/catalog/create-catalog.ts";
import { followCatalog } from "../../../src/services/catalog/follow-catalog.ts";
import { type RefreshPorts, refreshCatalog } from "../../../src/services/catalog/refresh-catalog.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { type DataFolder, newMigratedFolder } from "../../support/data-folder.ts";
import { consoleLike } from "./console.ts";

const log = pino({ level: "silent" });
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute));

/** Two microtenants with one console each; `c2` is in the second. */
const tenant: RefreshPorts["zpa"] = {
  microtenants: {
    list: async () => [{ id: "7", name: "Plants", enabled: true, privilegedApprovalsEnabled: true }],
  },
  applications: {
    list: async ({ microtenantId } = {}) => {
      const id = microtenantId === "7" ? "a2" : "a1";
      const place = microtenantId ?? null;
      return [{ id, segmentId: `s-${id}`, name: id, domain: null, protocol: "SSH", port: "22", enabled: true, microtenantId: place }];
    },
  },
  segments: {
    list: async ({ microtenantId } = {}) => {
      const id = microtenantId === "7" ? "s-a2" : "s-a1";
      return [{ id, segmentGroupId: `g-${id}`, segmentGroupName: `Group of ${id}` }];
    },
  },
  consoles: {
    list: async ({ microtenantId } = {}) => {
      const [id, praApplicationId] = microtenantId === "7" ? ["c2", "a2"] : ["c1", "a1"];
      const place = microtenantId ?? null;
      return [{ id, name: `console-${id}`, description: null, enabled: true, praApplicationId, portalIds: [], microtenantId: place }];
    },
  },
  portals: { list: async () => [] },
};

describe("the catalog", () => {
  let data: DataFolder;
  let database: OpenDatabase;
  beforeAll(async () => {
    data = await newMigratedFolder();
    database = await openDatabase({ url: null, folder: data.folder, log });
  });
  afterAll(async () => {
    await database.close();
    await data.remove();
  });
  beforeEach(async () => {
    await database.db.deleteFrom("catalog").execute();
  });

  const refresh = (minute: number, zpa = tenant) => refreshCatalog({ zpa, db: database.db, clock: { now: () => at(minute) }, log });
  const ids = (catalog: ReturnType<typeof createCatalog>) => catalog.search("", 100).map(({ id }) => id);

  it("is empty, and says so, until ZPA was read once", async () => {
    const catalog = createCatalog(database);
    await catalog.load();
    expect(catalog.refreshedAt()).toBeNull();
    expect(catalog.size()).toBe(0);
    expect(catalog.search("a", 10)).toEqual([]);
  });

  it("reads every microtenant, also the Default one that ZPA's list leaves out", async () => {
    const catalog = createCatalog(database);
    await catalog.replace(await refresh(0));
    expect(ids(catalog)).toEqual(["c1", "c2"]);
    expect(catalog.byId("c1")).toMatchObject({ segmentId: "s-a1", microtenantId: null, microtenantName: "Default" });
    expect(catalog.byId("c2")).toMatchObject({ segmentId: "s-a2", microtenantId: "7", microtenantName: "Plants" });
  });

  it("survives a restart, and notices what another replica stored", async () => {
    const first = createCatalog(database);
    await refresh(0);
    await first.load();
    expect(first.refreshedAt()).toEqual(at(0));
    const onlyDefault = { ...tenant, microtenants: { list: async () => [] } };
    await refresh(1, onlyDefault);
    expect(ids(first)).toEqual(["c1", "c2"]);
    await first.load();
    expect(ids(first)).toEqual(["c1"]);
    expect(first.refreshedAt()).toEqual(at(1));
  });

  it("follows what another replica stores without being asked", async () => {
    const catalog = createCatalog(database);
    const following = await followCatalog({ catalog, database, log });
    await refresh(0);
    await vi.waitFor(() => expect(catalog.refreshedAt()).toEqual(at(0)));
    expect(ids(catalog)).toEqual(["c1", "c2"]);
    await following.close();
  });

  it("does not fall back to a snapshot that is older than the one stored or held", async () => {
    const old = await refresh(0, { ...tenant, microtenants: { list: async () => [] } });
    await refresh(5);
    await refresh(3, { ...tenant, microtenants: { list: async () => [] } });
    const catalog = createCatalog(database);
    await catalog.load();
    await catalog.replace(old);
    expect(catalog.refreshedAt()).toEqual(at(5));
    expect(ids(catalog)).toEqual(["c1", "c2"]);
  });

  it("answers from what it holds until the next is ready, and ends with the newest however they overlap", async () => {
    const snapshot = (name: string, minute: number) => ({ consoles: [consoleLike({ name })], refreshedAt: at(minute) });
    const catalog = createCatalog(database);
    await catalog.replace(snapshot("first", 0));
    const replacing = [snapshot("second", 1), snapshot("fourth", 3), snapshot("third", 2)].map(catalog.replace);
    expect(ids(catalog)).toEqual(["first"]);
    await Promise.all(replacing);
    expect(ids(catalog)).toEqual(["fourth"]);
    expect(catalog.refreshedAt()).toEqual(at(3));
  });

  it("is only younger after a reading that brings nothing new", async () => {
    const consoles = () => [consoleLike({ name: "db-prod" })];
    const catalog = createCatalog(database);
    await catalog.replace({ consoles: consoles(), refreshedAt: at(0) });
    const held = catalog.byId("db-prod");
    await catalog.replace({ consoles: consoles(), refreshedAt: at(15) });
    expect(catalog.byId("db-prod")).toBe(held);
    expect(catalog.refreshedAt()).toEqual(at(15));
  });

  const dead = async () => {
    throw new PortcullisError("zpa_busy");
  };
  it.each<[string, Partial<RefreshPorts["zpa"]>, string]>([
    ["no console at all", { consoles: { list: async () => [] } }, "catalog_empty"],
    ["no application at all", { applications: { list: async () => [] } }, "catalog_empty"],
    ["no list of microtenants", { microtenants: { list: dead } }, "zpa_busy"],
    [
      "no answer for one microtenant",
      { consoles: { list: (place) => (place?.microtenantId === "7" ? dead() : tenant.consoles.list(place)) } },
      "zpa_busy",
    ],
    ["no portals", { portals: { list: dead } }, "zpa_busy"],
  ])("keeps what it has when ZPA gives %s", async (_, broken, code) => {
    await refresh(0);
    await expect(refresh(1, { ...tenant, ...broken })).rejects.toMatchObject({ code });
    const catalog = createCatalog(database);
    await catalog.load();
    expect(catalog.refreshedAt()).toEqual(at(0));
    expect(catalog.size()).toBe(2);
  });

  describe("and segment groups", () => {
    const groups = async () => {
      const catalog = createCatalog(database);
      await catalog.load();
      return catalog.search("", 10).map(({ segmentGroupId, segmentGroupName }) => [segmentGroupId, segmentGroupName]);
    };
    const known = [
      ["g-s-a1", "Group of s-a1"],
      ["g-s-a2", "Group of s-a2"],
    ];

    it("are read from the application segments", async () => {
      await refresh(0);
      expect(await groups()).toEqual(known);
    });

    it("are not known where ZPA refuses the list, and the catalog is there all the same", async () => {
      await refresh(0, { ...tenant, segments: { list: dead } });
      expect(await groups()).toEqual([
        [null, null],
        [null, null],
      ]);
    });

    it.each<[string, RefreshPorts["zpa"]["segments"]]>([
      ["refuses the list", { list: dead }],
      ["refuses it for one microtenant", { list: (place) => (place?.microtenantId === "7" ? dead() : tenant.segments.list(place)) }],
      ["answers with an empty one", { list: async () => [] }],
    ])("stay what they were when ZPA %s later", async (_, segments) => {
      await refresh(0);
      await refresh(1, { ...tenant, segments });
      expect(await groups()).toEqual(known);
    });

    it("are not taken from memory by coverage: what ZPA refused to list is unknown in that reading", async () => {
      await refresh(0);
      const { segments } = await refresh(1, { ...tenant, segments: { list: dead } });
      expect(segments.map(({ id, groupId }) => [id, groupId])).toEqual([
        ["s-a1", null],
        ["s-a2", null],
      ]);
    });

    it("change with ZPA", async () => {
      await refresh(0);
      const moved = { list: async () => [{ id: "s-a1", segmentGroupId: "g9", segmentGroupName: "Moved" }] };
      await refresh(1, { ...tenant, segments: moved });
      expect(await groups()).toEqual([
        ["g9", "Moved"],
        ["g-s-a2", "Group of s-a2"],
      ]);
    });

    it("may be missing from a snapshot that an earlier version stored", async () => {
      const { segmentGroupId, segmentGroupName, ...earlier } = consoleLike({ name: "db-prod" });
      const row = { id: 1, snapshot: JSON.stringify({ consoles: [earlier] }), refreshed_at: at(0) };
      await database.db.insertInto("catalog").values(row).execute();
      expect([segmentGroupId, segmentGroupName]).toEqual([null, null]);
      expect(await groups()).toEqual([[null, null]]);
    });
  });

  it("refuses a stored snapshot that is not what this version writes", async () => {
    const row = { id: 1, snapshot: JSON.stringify({ consoles: [{ id: 1 }] }), refreshed_at: at(0) };
    await database.db.insertInto("catalog").values(row).execute();
    await expect(createCatalog(database).load()).rejects.toThrow(/invalid_type/);
  });

  describe("that holds names more than once", () => {
    let catalog: ReturnType<typeof createCatalog>;
    beforeAll(async () => {
      catalog = createCatalog(database);
      await catalog.replace({
        refreshedAt: at(0),
        consoles: [
          consoleLike({ id: "1", name: "DB-Prod", segmentId: "s1" }),
          consoleLike({ id: "2", name: "jump", segmentId: "s1" }),
          consoleLike({ id: "3", name: "jump", segmentId: "s2" }),
          consoleLike({ id: "4", name: "hmi", enabled: false }),
          consoleLike({ id: "5", name: "HMI" }),
          consoleLike({ id: "6", name: "off", enabled: false }),
        ],
      });
    });

    it.each([
      ["db-prod", "1"],
      ["  DB-PROD ", "1"],
      ["2", "2"],
      ["hmi", "5"],
      ["off", "6"],
      ["jump", null],
      ["db", null],
    ])("%j means console %s", (name, id) => {
      expect(catalog.byName(name)?.id ?? null).toBe(id);
    });

    it("knows everything on a segment, which is what an approval opens", () => {
      expect(catalog.onSegment("s1").map(({ id }) => id)).toEqual(["1", "2"]);
      expect(catalog.onSegment("none")).toEqual([]);
    });
  });
});
