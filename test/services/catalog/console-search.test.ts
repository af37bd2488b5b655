import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createConsoleSearch } from "../../../src/services/catalog/console-search.ts";
import { wordsOf } from "../../../src/services/catalog/words.ts";
import { consoleLike } from "./console.ts";

const search = await createConsoleSearch([
  consoleLike({ name: "db-prod-10", segmentName: "databases", domain: "pg10.corp.example" }),
  consoleLike({ name: "db-prod-9", segmentName: "databases", domain: "pg9.corp.example" }),
  consoleLike({ name: "db-prod", segmentName: "databases" }),
  consoleLike({ name: "old-db-prod", segmentName: "databases", enabled: false }),
  consoleLike({ name: "backup-db-prod", segmentName: "vaults" }),
  consoleLike({ name: "jump01", segmentName: "jump hosts", microtenantName: "Plants" }),
  consoleLike({ name: "HMI Panel Köln", segmentName: "scada", microtenantName: "Plants" }),
]);

const names = (text: string, limit = 100) => search(text, limit).map(({ name }) => name);

describe("searching consoles", () => {
  it("shows the first page in the order in which people count when nothing is typed", () => {
    expect(names("", 4)).toEqual(["backup-db-prod", "db-prod", "db-prod-9", "db-prod-10"]);
    expect(names(" - ", 1)).toEqual(["backup-db-prod"]);
  });

  it("puts the exact name first, then names that start so, then names that hold the words", () => {
    expect(names("db-prod")).toEqual(["db-prod", "db-prod-9", "db-prod-10", "backup-db-prod"]);
    expect(names("DB PROD 10")).toEqual(["db-prod-10"]);
  });

  it.each([
    ["a single letter", "j", ["jump01"]],
    ["words in another order", "prod back", ["backup-db-prod"]],
    ["beginnings of words", "hm pa", ["HMI Panel Köln"]],
    ["the middle of a word", "01", ["jump01"]],
    ["a segment", "vaults", ["backup-db-prod"]],
    ["a microtenant and a word of the name", "plants jump", ["jump01"]],
    ["a domain", "pg9.corp", ["db-prod-9"]],
    ["letters without their accents", "koln", ["HMI Panel Köln"]],
    ["neighbours swapped", "bakcup", ["backup-db-prod"]],
    ["a letter too few", "pael", ["HMI Panel Köln"]],
    ["a letter too many", "jumpp", ["jump01"]],
    ["a wrong letter in the beginning of a word", "bockup", ["backup-db-prod"]],
    ["a misspelt word beside a right one", "plants jmup", ["jump01"]],
  ])("finds %s", (_, typed, expected) => {
    expect(names(typed)).toEqual(expected);
  });

  it("puts names whose words start so before names that hold the letters elsewhere", async () => {
    const find = await createConsoleSearch(["a-nonprod", "b-prod", "c-01"].map((name) => consoleLike({ name, segmentName: "production" })));
    expect(find("prod", 100).map(({ name }) => name)).toEqual(["b-prod", "a-nonprod", "c-01"]);
  });

  it("takes what is typed literally", async () => {
    const find = await createConsoleSearch([consoleLike({ name: "db (prod)" }), consoleLike({ name: "db-dev" })]);
    expect(find("db -dev", 100).map(({ name }) => name)).toEqual(["db-dev"]);
    expect(find('"prod) db" (.*', 100).map(({ name }) => name)).toEqual(["db (prod)"]);
  });

  it("finds nothing rather than everything for words that are nowhere", () => {
    expect(names("zzzzzz")).toEqual([]);
    expect(names("db zz")).toEqual([]);
  });

  it("takes only the beginning of a text that is longer than anybody types", () => {
    expect(names("db-prod-10 ".repeat(10_000))).toEqual(["db-prod-10"]);
    expect(names("a".repeat(1_000_000))).toEqual([]);
  });

  it("never finds a console that is switched off", () => {
    expect(names("old-db-prod")).toEqual([]);
    expect(names("old")).toEqual([]);
  });

  it("keeps to the limit", () => {
    expect(names("db", 2)).toHaveLength(2);
    expect(names("db", 0)).toEqual([]);
  });
});

describe("searching any catalog", () => {
  const word = fc.stringMatching(/^[a-zäöü0-9]{1,8}$/);
  const catalog = fc
    .uniqueArray(fc.array(word, { minLength: 1, maxLength: 4 }), { selector: (words) => words.join("-"), minLength: 1, maxLength: 80 })
    .map((all) => all.map((words, at) => consoleLike({ name: words.join("-"), id: String(at), enabled: at % 7 !== 3 })));

  it("finds every enabled console by the beginnings of its words, in any order, once, and by its exact name first", async () => {
    await fc.assert(
      fc.asyncProperty(catalog, fc.nat(), fc.nat(), async (consoles, pick, cut) => {
        const enabled = consoles.filter((console) => console.enabled);
        const wanted = enabled[pick % Math.max(1, enabled.length)];
        if (wanted === undefined) return;
        const find = await createConsoleSearch(consoles);
        const beginnings = wanted.name.split("-").reverse();
        const typed = beginnings.map((part) => part.slice(0, 1 + (cut % part.length))).join(" ");
        const found = find(typed, consoles.length);
        expect(found).toContain(wanted);
        expect(new Set(found).size).toBe(found.length);
        expect(found.every((console) => console.enabled)).toBe(true);
        expect(wordsOf(find(wanted.name, 1)[0]?.name ?? "")).toEqual(wordsOf(wanted.name));
      }),
    );
  });

  it("agrees with a plain scan on what holds all words that are typed, wherever in a word they stand", async () => {
    // Words this short are never taken for misspelt ones.
    const shortWords = fc.array(fc.stringMatching(/^[a-z0-9]{2}$/), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(catalog, shortWords, async (consoles, typed) => {
        const scanned = consoles.filter(({ name, enabled }) => {
          const words = wordsOf(name);
          return enabled && typed.every((part) => words.some((word) => word.includes(part)));
        });
        // Segment and microtenant have the same words everywhere here; leave out what they would answer.
        fc.pre(typed.every((part) => !"segment default".includes(part)));
        const find = await createConsoleSearch(consoles);
        expect(new Set(find(typed.join(" "), consoles.length))).toEqual(new Set(scanned));
      }),
    );
  });
});
