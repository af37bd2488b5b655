import { PassThrough } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Control, startControl } from "../../src/http/control/start-control.ts";
import { randomIds } from "../../src/ids.ts";
import { noServices } from "../http/no-services.ts";
import { aReconciler, type Reconciler } from "../services/access/reconcile/a-reconciler.ts";
import { type DataFolder, newDataFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";
import { praWith } from "./pra.ts";

describe("pra findings and pra reconcile, through the bot that has the database", () => {
  let house: Reconciler;
  let data: DataFolder;
  let control: Control;
  beforeAll(async () => {
    [house, data] = await Promise.all([aReconciler(), newDataFolder()]);
    const services = { ...noServices, findings: house.service };
    control = await startControl({ folder: data.folder, services, ids: randomIds, log: keptLog().log });
    house.aForeign();
  });
  beforeEach(() => {
    house.enqueued.length = 0;
  });
  afterAll(async () => {
    await control.close();
    await Promise.all([house.close(), data.remove()]);
  });
  const pra = async (...args: readonly string[]) => {
    const { last } = await praWith({ env: { DATA_DIR: data.folder } }, ...args, "--json");
    return JSON.parse(last);
  };

  it("compare the tenant, list what differs, and settle it as an account of the machine", async () => {
    expect(await pra("reconcile")).toMatchObject({ microtenants: [{ foreign: 1 }] });
    const { findings } = await pra("findings", "list");
    expect(findings).toMatchObject([{ kind: "FOREIGN", verdicts: ["adopt", "ignore", "revoke"] }]);
    const { out } = await praWith({ env: { DATA_DIR: data.folder } }, "findings", "list");
    expect(out).toContain("eve@example.com on seg-2");
    const [{ id, version }] = findings;
    const seen = ["--yes", "--seen-version", String(version)];
    expect((await pra("findings", "restore", id, ...seen)).error.code).toBe("finding_not_possible");
    expect((await pra("findings", "adopt", id, ...seen)).error.code).toBe("invalid_input");
    const reason = ["--reason", "a contractor", "--owner", "UBEN"];
    expect((await pra("findings", "adopt", id, ...reason, "--yes")).error.message).toContain("--seen-version");
    expect((await pra("findings", "adopt", id, ...reason, "--yes", "--seen-version", String(version + 1))).error.code).toBe(
      "finding_changed",
    );
    const adopted = await pra("findings", "adopt", id, ...reason, ...seen);
    expect(adopted).toMatchObject({ status: "ADOPTED", owner: "UBEN", settledBy: expect.stringMatching(/^cli:/) });
    expect(await pra("findings", "list")).toMatchObject({ findings: [] });
  });

  /** A terminal at which somebody types when the question is there. */
  const answering = async (text: string, ...args: readonly string[]) => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    input.end(`${text}\n`);
    return praWith({ env: { DATA_DIR: data.folder }, input }, ...args);
  };

  it("show what is judged before they ask, and do nothing at a no", async () => {
    house.aForeign("mallory@example.com");
    await pra("reconcile");
    const [{ id }] = (await pra("findings", "list")).findings;
    const no = await answering("n", "findings", "ignore", id);
    expect([no.status, no.out]).toEqual([1, ""]);
    expect(no.err).toContain("mallory@example.com");
    expect(no.err).toContain("Nothing was done.");
    expect(no.err).not.toContain("--dry-run");
    expect((await pra("findings", "list")).findings).toMatchObject([{ id, status: "OPEN" }]);
    const deleting = await answering("n", "reconcile", "--delete-expired", "--microtenant", "default");
    expect([deleting.status, deleting.out]).toEqual([1, ""]);
    expect(deleting.err).toContain("Nothing was done.");
    const yes = await answering("y", "findings", "ignore", id);
    expect([yes.status, yes.err.includes("mallory@example.com")]).toEqual([0, true]);
    expect(await pra("findings", "list")).toMatchObject({ findings: [] });
  });

  it("delete nothing without being asked to, and to go on", async () => {
    const [first] = await house.findings();
    const id = first?.id ?? "";
    expect((await pra("findings", "revoke", id, "--reason", "INC-7")).error.code).toBe("confirmation_needed");
    expect((await pra("reconcile", "--delete-expired")).error.code).toBe("invalid_input");
    expect((await pra("reconcile", "--delete-expired", "--microtenant", "default")).error.code).toBe("confirmation_needed");
    expect(await house.events()).not.toContain("tenant.expired-deleted");
    expect(await pra("reconcile", "--delete-expired", "--microtenant", "default", "--yes")).toEqual({
      microtenant: "default",
      deleted: false,
    });
    expect(await house.events()).toContain("tenant.expired-deleted");
    expect(house.zpa.stored).toHaveLength(2);
  });
});
