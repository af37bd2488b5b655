import { describe, expect, it } from "vitest";
import type { FaultKind } from "../../../sandbox/zpa/control.ts";
import type { CredentialDraft, PrivilegedCredential } from "../../../src/services/zpa/credentials/credential.ts";
import { AdminEvent } from "../../../src/services/zpa-admin/admin-ledger.ts";
import {
  credentialToCreate,
  credentialToDelete,
  credentialToMove,
  credentialToUpdate,
  fieldsOf,
  refuseTakenName,
} from "../../../src/services/zpa-admin/credential-writes.ts";
import { recordWrite } from "../../../src/services/zpa-admin/record-write.ts";
import { keptLog } from "../../support/silent-log.ts";
import { drafts } from "../zpa/credentials/drafts.ts";
import { tenantClient } from "../zpa/support/tenant-client.ts";

const ROTTERDAM = "145260601092866314";

/** A tenant, a record of what is written into it, and the clock of the tenant a minute on before each write. */
async function anAdministrator() {
  const client = await tenantClient();
  const noted: AdminEvent[] = [];
  const { log } = keptLog();
  const record = recordWrite({ ids: { uuid: () => "w1" }, log, note: async (event) => void noted.push(AdminEvent.parse(event)) });
  const { credentials } = client.zpa;
  const named = async (name: string): Promise<PrivilegedCredential> => {
    const found = (await credentials.list()).find((each) => each.name === name);
    if (found === undefined) throw new Error(`no credential ${name}`);
    return found;
  };
  const changeOf = async (name: string, change: Partial<CredentialDraft> = {}) => {
    const current = await named(name);
    return { current, draft: { ...fieldsOf(current), secret: { kind: "password", password: "wharf-0815-lantern" }, ...change } as const };
  };
  return {
    ...{ client, credentials, record, noted, named, changeOf },
    stages: () => noted.map(({ kind }) => kind.split(".").at(-1)),
    failing: (method: string, kind: FaultKind, times = 1) =>
      client.tenant.control.fault({ method, pathContains: "/credential", kind, times }),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

describe("what an administrator writes of a credential", () => {
  it.each(Object.values(drafts))("makes a $type, shows it as read, and has no secret on record", async (draft) => {
    await using at = await anAdministrator();
    const { read, asIntended } = await at.record(credentialToCreate(at.credentials, draft));
    expect(asIntended).toBe(true);
    expect(await at.credentials.get(read.id)).toEqual(read);
    expect(at.noted).toMatchObject([
      { kind: "zpa.credential.create.intended", subject: draft.name, before: null, after: { name: draft.name, type: draft.type } },
      { kind: "zpa.credential.create.done", after: { id: read.id, type: draft.type, asIntended: true } },
    ]);
    const texts: readonly string[] =
      draft.secret.kind === "password" ? [draft.secret.password] : [draft.secret.privateKey, draft.secret.passphrase];
    for (const text of texts) expect(JSON.stringify(at.noted)).not.toContain(JSON.stringify(text).slice(1, -1));
    expect(Object.keys(at.noted[0]?.after ?? {})).not.toContain("secret");
  });

  it("rotates one: the instant of its reset moves, and everything else stays", async () => {
    await using at = await anAdministrator();
    const { current, draft } = await at.changeOf("SCADA operator");
    const { read, asIntended } = await at.record(credentialToUpdate(at.credentials, { current, draft, verb: "rotate" }));
    expect(asIntended).toBe(true);
    expect(read).toMatchObject({ name: "SCADA operator", userDomain: current.userDomain, description: current.description });
    expect(read.lastResetAt?.getTime()).toBeGreaterThan(current.lastResetAt?.getTime() ?? 0);
    expect(at.noted.map(({ kind, before }) => [kind, before?.lastResetAt])).toEqual([
      ["zpa.credential.rotate.intended", current.lastResetAt?.toISOString()],
      ["zpa.credential.rotate.done", current.lastResetAt?.toISOString()],
    ]);
    expect(JSON.stringify(at.noted)).not.toContain("wharf");
  });

  it("says so when ZPA took a new secret, and the instant of the reset did not move", async () => {
    await using at = await anAdministrator();
    const { current, draft } = await at.changeOf("SCADA operator");
    const idle = { ...at.credentials, update: async () => {} };
    const written = await at.record(credentialToUpdate(idle, { current, draft, verb: "rotate" }));
    expect(written).toMatchObject({ read: { id: current.id }, asIntended: false });
    expect(at.noted.at(-1)).toMatchObject({ kind: "zpa.credential.rotate.done", after: { asIntended: false } });
  });

  it("deletes one, and moves one there and back", async () => {
    await using at = await anAdministrator();
    const gone = await at.named("jump hosts");
    expect(await at.record(credentialToDelete(at.credentials, gone))).toMatchObject({ read: null, asIntended: true });
    const current = await at.named("HMI panels");
    const there = await at.record(credentialToMove(at.credentials, { current, from: null, to: ROTTERDAM }));
    expect(there).toMatchObject({ read: { id: current.id, microtenantId: ROTTERDAM }, asIntended: true });
    const back = await at.record(credentialToMove(at.credentials, { current: there.read, from: ROTTERDAM, to: null }));
    expect(back).toMatchObject({ read: { id: current.id }, asIntended: true });
    expect(at.noted.at(-1)).toMatchObject({
      kind: "zpa.credential.move.done",
      before: { microtenantId: ROTTERDAM },
      after: { microtenantId: null },
    });
  });

  it("refuses a name that another one has, in whatever letters, and lets one keep its own", async () => {
    await using at = await anAdministrator();
    const { id } = await at.named("HMI panels");
    const taken = refuseTakenName(at.credentials, { name: "hmi PANELS", microtenantId: null });
    await expect(taken).rejects.toMatchObject({ code: "invalid_input", details: { params: { problem: expect.stringContaining(id) } } });
    await refuseTakenName(at.credentials, { id, name: "hmi PANELS", microtenantId: null });
    await refuseTakenName(at.credentials, { name: "HMI panels", microtenantId: ROTTERDAM });
  });

  it("does not guess the secret of a type that a later version of ZPA has", async () => {
    await using at = await anAdministrator();
    const current = { ...(await at.named("HMI panels")), type: "CERTIFICATE" };
    expect(() => fieldsOf(current)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});

/**
 * Contract: when the answer to a write of a credential is lost, what stands is looked at before anything is said: what was done is told as
 * done, what is not to be seen as unknown, and nothing is sent a second time because of it.
 */
describe("a write of a credential whose answer was lost", () => {
  it("is done when the credential has come to stand, once", async () => {
    await using at = await anAdministrator();
    await at.failing("POST", "garbage");
    const { read, asIntended } = await at.record(credentialToCreate(at.credentials, drafts.SSH_KEY));
    expect({ name: read.name, asIntended }).toEqual({ name: "plc-gateway", asIntended: true });
    expect((await at.credentials.list()).filter(({ name }) => name === "plc-gateway")).toHaveLength(1);
    expect(at.stages()).toEqual(["intended", "done"]);
  });

  it("is unknown when none is to be seen: it may still come", async () => {
    await using at = await anAdministrator();
    await at.failing("POST", "reset");
    await expect(at.record(credentialToCreate(at.credentials, drafts.PASSWORD))).rejects.toMatchObject({ code: "zpa_timeout" });
    expect(at.stages()).toEqual(["intended", "unknown"]);
  });

  it("is unknown when the look fails, too, and says why", async () => {
    await using at = await anAdministrator();
    await at.failing("POST", "garbage");
    await at.failing("GET", "500", 9);
    const lost = at.record(credentialToCreate(at.credentials, drafts.PASSWORD));
    await expect(lost).rejects.toMatchObject({ code: "zpa_timeout", cause: expect.any(AggregateError) });
    expect(at.stages()).toEqual(["intended", "unknown"]);
  });

  it("of a new secret is known by the instant of the reset", async () => {
    await using at = await anAdministrator();
    const done = await at.changeOf("SCADA operator");
    await at.failing("PUT", "garbage", 5);
    expect(await at.record(credentialToUpdate(at.credentials, { ...done, verb: "rotate" }))).toMatchObject({ asIntended: true });
    const open = await at.changeOf("Domain admin break-glass");
    await at.failing("PUT", "reset", 5);
    const lost = at.record(credentialToUpdate(at.credentials, { ...open, verb: "update" }));
    await expect(lost).rejects.toMatchObject({ code: "zpa_timeout" });
    expect(at.stages()).toEqual(["intended", "done", "intended", "unknown"]);
  });

  it("of a delete is known by whether it still stands", async () => {
    await using at = await anAdministrator();
    const current = await at.named("jump hosts");
    await at.failing("DELETE", "reset", 5);
    await expect(at.record(credentialToDelete(at.credentials, current))).rejects.toMatchObject({ code: "zpa_timeout" });
    await at.failing("DELETE", "garbage", 1);
    expect(await at.record(credentialToDelete(at.credentials, current))).toMatchObject({ read: null });
  });

  it("of a move is known by where it stands", async () => {
    await using at = await anAdministrator();
    const current = await at.named("HMI panels");
    await at.failing("POST", "reset");
    const move = { current, from: null, to: ROTTERDAM };
    await expect(at.record(credentialToMove(at.credentials, move))).rejects.toMatchObject({ code: "zpa_timeout" });
    await at.failing("POST", "garbage");
    expect(await at.record(credentialToMove(at.credentials, move))).toMatchObject({ read: { microtenantId: ROTTERDAM } });
  });
});
