import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { randomIds } from "../../../src/ids.ts";
import { administer } from "../../../src/services/zpa-admin/administer.ts";
import { consoleToCreate, consoleToUpdate, draftOf } from "../../../src/services/zpa-admin/console-writes.ts";
import { keptLog } from "../../support/silent-log.ts";
import { aRulebook, dora, type Rulebook } from "../rules/a-rulebook.ts";
import { type TenantClient, tenantClient } from "../zpa/support/tenant-client.ts";

describe("an administrator of Slack", () => {
  let book: Rulebook;
  let client: TenantClient;
  beforeAll(async () => {
    [book, client] = await Promise.all([aRulebook(), tenantClient()]);
  });
  beforeEach(() => book.clear());
  afterAll(async () => {
    await Promise.all([book.close(), client[Symbol.asyncDispose]()]);
  });
  const administerIt = () => {
    const { db, ports, clock } = book;
    return administer({ db, people: ports.people, clock, ids: randomIds, log: keptLog().log });
  };

  it("has consoles made and changed by the use-cases of the command line, on record under their id", async () => {
    const { consoles } = client.zpa;
    const [known] = await consoles.list();
    if (known === undefined) throw new Error("the tenant has no console");
    const record = await administerIt()(dora);
    const made = await record(consoleToCreate(consoles, { ...draftOf(known), name: "second way in" }));
    expect(made).toMatchObject({ read: { name: "second way in", description: known.description }, asIntended: true, recorded: "whole" });
    const draft = { ...draftOf(made.read), enabled: false };
    expect(await record(consoleToUpdate(consoles, { current: made.read, draft, verb: "disable" }))).toMatchObject({
      read: { enabled: false },
    });
    expect(await book.ledger()).toEqual([
      { kind: "zpa.console.create.intended", actor: "UDORA", subject: "second way in" },
      { kind: "zpa.console.create.done", actor: "UDORA", subject: "second way in" },
      { kind: "zpa.console.disable.intended", actor: "UDORA", subject: made.read.id },
      { kind: "zpa.console.disable.done", actor: "UDORA", subject: made.read.id },
    ]);
  });

  it("who is none, or has left, is refused before anything is on record or sent", async () => {
    await client.tenant.control.resetCalls({});
    await expect(administerIt()({ teamId: "T1", userId: "UANA" })).rejects.toMatchObject({ code: "admins_only" });
    book.left.add("UDORA");
    await expect(administerIt()(dora)).rejects.toMatchObject({ code: "person_deactivated" });
    expect(await book.ledger()).toEqual([]);
    expect((await client.tenant.control.state()).calls).toEqual({});
  });
});
