import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startControl } from "../../../src/http/control/start-control.ts";
import { randomIds } from "../../../src/ids.ts";
import { createAdminLedger } from "../../../src/services/zpa-admin/admin-ledger.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { noServices } from "../../http/no-services.ts";
import { aRulebook } from "../../services/rules/a-rulebook.ts";
import { type DataFolder, newMigratedFolder } from "../../support/data-folder.ts";
import { keptLog } from "../../support/silent-log.ts";
import { aTenant, type TenantAtHand } from "./a-tenant.ts";

const { log } = keptLog();

/**
 * Contract: a write of `pra zpa` is on record before it is sent and with what it came to, whoever has the database; where it cannot be on
 * record it is not sent, unless somebody says that it may.
 */
describe("what pra zpa writes, in the ledger", () => {
  let data: DataFolder;
  let at: TenantAtHand;
  beforeEach(async () => {
    data = await newMigratedFolder();
    at = await aTenant({ DATA_DIR: data.folder });
  });
  afterEach(async () => {
    await at.close();
    await data.remove();
  });

  const events = async () => {
    const database = await openDatabase({ url: null, folder: data.folder, log });
    try {
      return await database.db.selectFrom("ledger_event").select(["kind", "actor", "subject", "before", "after"]).orderBy("id").execute();
    } finally {
      await database.close();
    }
  };
  const create = (...rest: readonly string[]) =>
    at.json("consoles", "create", "--name", "bench", "--segment", "Test bench", "--portal", "Plant portal", ...rest);

  it("stands with intent and outcome, under the account of the machine, both of one write", async () => {
    const { console: made, recorded } = await create();
    expect(recorded).toBe("whole");
    await at.json("consoles", "disable", made.id);
    await at.json("consoles", "delete", made.id, "--yes");
    const noted = await events();
    expect(noted.map(({ kind, subject }) => [kind, subject])).toEqual([
      ["zpa.console.create.intended", "bench"],
      ["zpa.console.create.done", "bench"],
      ["zpa.console.disable.intended", made.id],
      ["zpa.console.disable.done", made.id],
      ["zpa.console.delete.intended", made.id],
      ["zpa.console.delete.done", made.id],
    ]);
    expect(new Set(noted.map(({ actor }) => actor))).toEqual(new Set([expect.stringMatching(/^cli:./)]));
    expect(noted[3]).toMatchObject({
      before: { id: made.id, enabled: true },
      after: { id: made.id, enabled: false, asIntended: true, write: expect.any(String) },
    });
    const writes = noted.map(({ after }) => (after as { write: string }).write);
    expect(writes[0]).toBe(writes[1]);
    expect(new Set(writes).size).toBe(3);
  });

  it("says of a refusal why, and of a lost answer that nobody knows", async () => {
    const refused = await at.json("consoles", "create", "--name", "x", "--application", "7", "--portal", "Plant portal");
    expect(refused.error.code).toBe("zpa_not_found");
    await at.tenant.control.fault({ method: "POST", pathContains: "praConsole", kind: "reset", times: 1 });
    expect((await create()).error.code).toBe("zpa_timeout");
    const noted = await events();
    expect(noted.map(({ kind }) => kind)).toEqual([
      "zpa.console.create.intended",
      "zpa.console.create.refused",
      "zpa.console.create.intended",
      "zpa.console.create.unknown",
    ]);
    expect(noted[1]?.after).toMatchObject({ code: "zpa_not_found", params: "7" });
  });

  it("has no trace of what was only rehearsed or read", async () => {
    await create("--dry-run");
    await at.json("consoles", "list");
    expect(await events()).toEqual([]);
  });

  it("goes through the bot that has the database", async () => {
    await data.remove();
    const book = await aRulebook();
    const { rules, db, ports, clock, folder } = book;
    const adminLedger = createAdminLedger({ db, people: ports.people, clock });
    const services = { ...noServices, rules, adminLedger };
    const control = await startControl({ folder, services, ids: randomIds, log });
    const there = await aTenant({ DATA_DIR: folder });
    try {
      const { last } = await there.zpa("approvals", "delete-expired", "--yes", "--json");
      expect(JSON.parse(last)).toMatchObject({ deleted: false, recorded: "whole" });
      expect(await book.ledger()).toEqual([
        { kind: "zpa.approval.delete-expired.intended", actor: expect.stringMatching(/^cli:./), subject: "Default" },
        { kind: "zpa.approval.delete-expired.done", actor: expect.stringMatching(/^cli:./), subject: "Default" },
      ]);
    } finally {
      await there.close();
      await control.close();
      await book.close();
    }
  });
});

describe("a write that cannot be on record", () => {
  it.each([
    ["of a folder without a database", { DATA_DIR: "/nowhere/portcullis" }],
    ["of a PostgreSQL that is away", { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }],
  ])("%s is refused before it is sent, and sent where somebody says so", async (_, settings) => {
    const at = await aTenant(settings);
    try {
      const args = ["consoles", "create", "--name", "bench", "--segment", "Test bench", "--portal", "Plant portal"];
      const { last, status } = await at.zpa(...args, "--json");
      expect([status, JSON.parse(last).error.code]).toEqual([2, "ledger_unreachable"]);
      expect(await at.writes()).toBe(0);
      const unrecorded = await at.zpa(...args, "--without-ledger", "--json");
      expect(JSON.parse(unrecorded.last)).toMatchObject({ console: { name: "bench" }, recorded: "not" });
      expect(unrecorded.err).toContain("This write is not on record");
    } finally {
      await at.close();
    }
  });
});
