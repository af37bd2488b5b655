import { describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { AdminEvent } from "../../../src/services/zpa-admin/admin-ledger.ts";
import { administratorName } from "../../../src/services/zpa-admin/administrator.ts";
import { type AdminWrite, recordWrite } from "../../../src/services/zpa-admin/record-write.ts";
import { keptLog } from "../../support/silent-log.ts";

/** What happened, in order: events by their stage, and the calls between them. */
function aRecord({ failingAt = null }: { readonly failingAt?: string | null } = {}) {
  const happened: string[] = [];
  const afters: unknown[] = [];
  const { log } = keptLog();
  const record = recordWrite({
    ids: { uuid: () => "w1" },
    log,
    note: async (event) => {
      const { kind, after } = AdminEvent.parse(event);
      const stage = kind.split(".").at(-1) ?? "";
      happened.push(stage);
      if (stage === failingAt) throw new PortcullisError("database_unreachable");
      afters.push(after);
    },
  });
  const write = (change: Partial<AdminWrite<string, string>> = {}): AdminWrite<string, string> => ({
    object: "console",
    verb: "create",
    subject: "bench",
    before: null,
    intended: { name: "bench" },
    write: async () => {
      happened.push("sent");
      return "7";
    },
    readBack: async (id) => {
      happened.push("read");
      return id;
    },
    noted: (id) => ({ id }),
    asIntended: (id) => id === "7",
    ...change,
  });
  return { record, write, happened, afters };
}

/**
 * Contract: nothing is sent that is not on record before; what was sent is never called failed because something after it was; and every
 * outcome is one of done, refused and unknown.
 */
describe("an administrator's write", () => {
  it("is on record, sent, read back, and on record with what was read", async () => {
    const { record, write, happened, afters } = aRecord();
    expect(await record(write())).toEqual({ read: "7", asIntended: true, recorded: "whole" });
    expect(happened).toEqual(["intended", "sent", "read", "done"]);
    expect(afters).toEqual([
      { write: "w1", name: "bench" },
      { write: "w1", id: "7", asIntended: true },
    ]);
  });

  it("has no secret on record, even where one was handed over", async () => {
    const { record, write, afters } = aRecord();
    await record(write({ intended: { name: "svc", password: "hunter2-hunter2", key: { privateKey: "-----BEGIN" } } }));
    expect(afters[0]).toEqual({ write: "w1", name: "svc", password: "…", key: { privateKey: "…" } });
  });

  it("is not sent when it cannot be on record", async () => {
    const { record, write, happened } = aRecord({ failingAt: "intended" });
    await expect(record(write())).rejects.toMatchObject({ code: "database_unreachable" });
    expect(happened).toEqual(["intended"]);
  });

  it.each([
    ["zpa_refused", "refused"],
    ["zpa_not_permitted", "refused"],
    ["zpa_unreachable", "refused"],
    ["zpa_timeout", "unknown"],
  ] as const)("that ended with %s is on record as %s, and not read back", async (code, stage) => {
    const { record, write, happened, afters } = aRecord();
    const failing = write({ write: () => Promise.reject(new PortcullisError(code, { params: { status: 400 } })) });
    await expect(record(failing)).rejects.toMatchObject({ code });
    expect(happened).toEqual(["intended", stage]);
    expect(afters[1]).toEqual({ write: "w1", code, status: 400 });
  });

  it("whose own fault nobody foresaw counts as unknown", async () => {
    const { record, write, happened } = aRecord();
    await expect(record(write({ write: () => Promise.reject(new TypeError("x")) }))).rejects.toMatchObject({ code: "unexpected" });
    expect(happened).toEqual(["intended", "unknown"]);
  });

  it("says that another thing stands than was wanted", async () => {
    const { record, write } = aRecord();
    expect(await record(write({ readBack: async () => "8" }))).toMatchObject({ read: "8", asIntended: false });
  });

  it("that cannot be read back is done all the same, and says so", async () => {
    const { record, write, happened, afters } = aRecord();
    const unread = write({ readBack: () => Promise.reject(new PortcullisError("zpa_unreachable")) });
    await expect(record(unread)).rejects.toMatchObject({ code: "zpa_written_not_read", details: { params: { subject: "bench" } } });
    expect(happened).toEqual(["intended", "sent", "done"]);
    expect(afters[1]).toEqual({ write: "w1", readBack: "zpa_unreachable" });
  });

  it("is done although its outcome cannot be on record, and its own error is what a failed one tells", async () => {
    const done = aRecord({ failingAt: "done" });
    expect(await done.record(done.write())).toMatchObject({ read: "7", recorded: "intent-only" });
    const refused = aRecord({ failingAt: "refused" });
    const failing = refused.write({ write: () => Promise.reject(new PortcullisError("zpa_refused")) });
    await expect(refused.record(failing)).rejects.toMatchObject({ code: "zpa_refused" });
  });
});

describe("who administers", () => {
  const people = {
    trusted: async ({ userId }: { readonly userId: string }) => ({ userId }) as never,
    isAdmin: async (userId: string) => userId === "UDORA",
  };

  it("is an account of the machine by its name, or an administrator of Slack by their id", async () => {
    expect(await administratorName(people, { osUser: "ops" })).toBe("cli:ops");
    expect(await administratorName(people, { teamId: "T1", userId: "UDORA" })).toBe("UDORA");
    await expect(administratorName(people, { teamId: "T1", userId: "UANA" })).rejects.toMatchObject({ code: "admins_only" });
  });

  it.each(["rules.changed", "zpa.console.create", "zpa.console.create.done.x", "zpa.Console.create.done"])(
    "cannot write %s into the ledger this way",
    (kind) => {
      expect(AdminEvent.safeParse({ kind, subject: "x", before: null, after: null }).success).toBe(false);
    },
  );
});
