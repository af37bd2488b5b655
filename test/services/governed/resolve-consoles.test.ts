import { describe, expect, it } from "vitest";
import { fromUnknown } from "../../../src/errors.ts";
import type { Catalog, CatalogConsole } from "../../../src/services/catalog/catalog.ts";
import { createCatalog } from "../../../src/services/catalog/create-catalog.ts";
import { resolveConsoles } from "../../../src/services/governed/resolve-consoles.ts";
import { aStore } from "../../support/a-store.ts";
import { consoleNamed } from "../../views/models.ts";

async function aCatalog(...consoles: readonly CatalogConsole[]): Promise<Catalog> {
  const store = await aStore();
  const catalog = createCatalog({ db: store.db });
  await catalog.replace({ consoles, refreshedAt: new Date("2026-11-02T08:00:00Z") });
  await store.close();
  return catalog;
}
const refusalOf = (catalog: Catalog, ...names: readonly string[]) => {
  try {
    return resolveConsoles(catalog, names).map(({ id }) => id);
  } catch (thrown) {
    const { code, details } = fromUnknown(thrown);
    return { code, ...details.params };
  }
};

describe("consoles that an attribute names", () => {
  it("are found by id and by whole name, each once", async () => {
    const catalog = await aCatalog(consoleNamed("db-prod", { id: "1" }), consoleNamed("HMI Line 4", { id: "2" }));
    expect(refusalOf(catalog, "1", "DB-PROD", " hmi line 4 ")).toEqual(["1", "2"]);
    expect(refusalOf(catalog, "db")).toMatchObject({ code: "console_unknown", console: "db" });
  });

  it("are none when a name is that of several, also of one console's name and another's id", async () => {
    const twins = [
      consoleNamed("db", { id: "1" }),
      consoleNamed("DB", { id: "2", microtenantName: "Plant" }),
      consoleNamed("1", { id: "3" }),
    ];
    const catalog = await aCatalog(...twins);
    expect(refusalOf(catalog, "db")).toEqual({ code: "governed_console_ambiguous", console: "db", candidates: "1 (Default), 2 (Plant)" });
    expect(refusalOf(catalog, "1")).toMatchObject({ code: "governed_console_ambiguous" });
    expect(refusalOf(catalog, "2")).toEqual(["2"]);
  });

  it("wait for a catalog that is empty", async () => {
    expect(refusalOf(await aCatalog(), "db")).toMatchObject({ code: "catalog_empty" });
  });
});
