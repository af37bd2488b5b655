import { describe, expect, it } from "vitest";
import { startControl } from "../../../src/http/control/start-control.ts";
import { randomIds } from "../../../src/ids.ts";
import { createAdminLedger } from "../../../src/services/zpa-admin/admin-ledger.ts";
import { noServices } from "../../http/no-services.ts";
import { aRulebook } from "../../services/rules/a-rulebook.ts";
import { keptLog } from "../../support/silent-log.ts";
import { piped } from "../pra.ts";
import { aTenant } from "./a-tenant.ts";

/** Contract: whoever reads the bot's ledger or the terminal finds no secret of what was written. */
describe("the ledger of pra zpa credentials", () => {
  it("has intent and outcome of what was done and of what was refused, and of no secret a trace", async () => {
    const book = await aRulebook();
    const { rules, db, ports, clock, folder } = book;
    const adminLedger = createAdminLedger({ db, people: ports.people, clock });
    const services = { ...noServices, rules, adminLedger };
    const control = await startControl({ folder, services, ids: randomIds, log: keptLog().log });
    const at = await aTenant({ DATA_DIR: folder });
    try {
      const told: string[] = [];
      const run = async (secret: string, ...args: readonly string[]) => {
        const { out, err, last } = await at.zpaWith(piped(secret), "credentials", ...args, "--json");
        told.push(out, err);
        return JSON.parse(last);
      };
      const { credential, recorded } = await run("steam-1877-kettle", "create", "--name", "panel", "--type", "PASSWORD");
      expect(recorded).toBe("whole");
      await at.tenant.control.fault({ method: "PUT", pathContains: "/credential", kind: "401", times: 2 });
      expect((await run("quill-4711-harbour", "rotate", credential.id)).error.code).toBe("zpa_not_permitted");
      expect(await run("", "delete", credential.id, "--yes")).toMatchObject({ deleted: credential.id, recorded: "whole" });
      const events = await db.selectFrom("ledger_event").selectAll().orderBy("id").execute();
      expect(events.map(({ kind, subject }) => [kind.replace("zpa.credential.", ""), subject])).toEqual([
        ["create.intended", "panel"],
        ["create.done", "panel"],
        ["rotate.intended", credential.id],
        ["rotate.refused", credential.id],
        ["delete.intended", credential.id],
        ["delete.done", credential.id],
      ]);
      for (const piece of ["steam", "kettle", "quill", "harbour"]) expect(JSON.stringify(events) + told.join("")).not.toContain(piece);
    } finally {
      await at.close();
      await control.close();
      await book.close();
    }
  });
});
