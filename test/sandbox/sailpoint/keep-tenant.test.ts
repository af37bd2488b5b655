import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KeptTenantError } from "../../../sandbox/kept-file.ts";
import { IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { startSailPoint } from "../../../sandbox/sailpoint/server.ts";
import { sailPointTenant } from "../../services/sailpoint/support/sailpoint-tenant.ts";

const { approver, otherApprover } = IDENTITIES;

async function fileToKeep() {
  const folder = await mkdtemp(join(tmpdir(), "sailpoint-kept-"));
  return { file: join(folder, "tenant.json"), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

/** Contract: whatever was answered is in the file, and a tenant that starts on it answers the same again. */
describe("a simulated SailPoint that is kept", () => {
  it("answers after a restart what it answered before, decisions, comments and configurations included", async () => {
    await using kept = await fileToKeep();
    const before = await sailPointTenant({ tenant: { keepIn: kept.file } });
    const { control } = before.tenant;
    const timeoutConfig = { enabled: true, daysUntilTimeout: 30, timeoutResult: "EXPIRED" };
    const decided = await before.born({ attributes: { consoles: "db-prod" }, approverIds: [approver.id], config: { timeoutConfig } });
    await control.reassign({ id: decided, by: approver.id, to: otherApprover.id, comment: "yours" });
    await control.decide({ id: decided, by: otherApprover.id, verdict: "APPROVED", comment: "fine" });
    await before.born();
    const { tenantId } = await control.state();
    await before.sailpoint.configs.put({ scope: "TENANT", id: tenantId }, { requiresComment: "ALL" });
    const { approvals, configs } = await control.state();
    await before[Symbol.asyncDispose]();

    await using after = await sailPointTenant({ tenant: { keepIn: kept.file } });
    const found = await after.tenant.control.state();
    expect(found.approvals).toHaveLength(2);
    expect(found.approvals).toEqual(approvals);
    expect(found.configs).toEqual(configs);
    expect(await after.born()).not.toBe(decided);
  });

  it("keeps what a bulk command did, although no call but a look came after it", async () => {
    await using kept = await fileToKeep();
    const before = await sailPointTenant({ tenant: { keepIn: kept.file, bulkDelayMilliseconds: 0 } });
    const id = await before.born({ approverIds: [approver.id] });
    await before.sailpoint.bulk.reject([id]);
    await before.sailpoint.approvals.get(id);
    await before[Symbol.asyncDispose]();
    await using after = await sailPointTenant({ tenant: { keepIn: kept.file } });
    expect(await after.stored(id)).toMatchObject({ status: "REJECTED" });
  });

  it("is read by its owner only", async () => {
    await using kept = await fileToKeep();
    await using at = await sailPointTenant({ tenant: { keepIn: kept.file } });
    await at.born();
    expect((await stat(kept.file)).mode & 0o777).toBe(0o600);
  });

  it("leaves alone a file that is not its own", async () => {
    await using kept = await fileToKeep();
    await writeFile(kept.file, '{"version":7}');
    await expect(startSailPoint({ port: 0, host: "127.0.0.1", keepIn: kept.file })).rejects.toThrow(KeptTenantError);
    expect(await readFile(kept.file, "utf8")).toBe('{"version":7}');
  });
});
