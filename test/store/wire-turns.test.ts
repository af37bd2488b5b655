import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { shareSession } from "../../src/store/wire-turns.ts";

/**
 * Contract: however the clients' bytes are cut and interleaved, the shared session sees whole turns only (all up to a Sync or a
 * simple Query), nobody speaks while another's transaction is open, and an abandoned transaction is rolled back.
 */
describe("several clients on one session", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const message = (type: string, body: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(4 + Buffer.byteLength(body));
    return Buffer.concat([Buffer.from(type), length, Buffer.from(body)]);
  };
  const startup = message("", "\0\0\0\0");
  const query = (sql: string) => message("Q", sql);
  const prepared = (sql: string) => [message("P", sql), message("B", ""), message("E", ""), message("S", "")];

  /** Speaks just enough of the protocol: BEGIN opens a transaction, COMMIT and ROLLBACK end it. */
  const fakeSession = () => {
    const turns: string[] = [];
    let status = "I";
    const run = (bytes: Uint8Array): Uint8Array => {
      const text = Buffer.from(bytes)
        .toString()
        .replace(/[^\x20-\x7e]/g, "");
      turns.push(text);
      if (text.includes("BEGIN")) status = "T";
      if (/COMMIT|ROLLBACK/.test(text)) status = "I";
      return text.includes("CRASH") ? Buffer.from("E") : message("Z", status);
    };
    return { turns, run };
  };
  const open = () => {
    const session = fakeSession();
    const shared = shareSession(session.run, { idleMilliseconds: 1_000 });
    const join = () => {
      const answers: Uint8Array[] = [];
      const dismiss = vi.fn();
      const client = shared.join((bytes) => answers.push(bytes), dismiss);
      client.receive(startup);
      session.turns.length = 0;
      answers.length = 0;
      return { ...client, answers, dismiss };
    };
    return { ...session, join };
  };

  it("never puts another client's statement between a Parse and its Bind", () => {
    const { join, turns } = open();
    const [ann, bob] = [join(), join()];
    const [a, b] = [prepared("ann"), prepared("bob")];
    for (const i of [0, 1, 2, 3]) {
      ann.receive(a[i] ?? Buffer.alloc(0));
      bob.receive(b[i] ?? Buffer.alloc(0));
    }
    expect(turns).toEqual(["PannBES", "PbobBES"]);
  });

  it("takes the same turns however the bytes are cut", () => {
    const bytes = Buffer.concat([...prepared("one"), query("two"), ...prepared("three")]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
        const { join, turns } = open();
        const client = join();
        const at = [0, ...cuts.sort((x, y) => x - y), bytes.length];
        for (let i = 1; i < at.length; i++) client.receive(bytes.subarray(at[i - 1], at[i]));
        expect(turns).toEqual(["PoneBES", "Qtwo", "PthreeBES"]);
        expect(client.answers).toHaveLength(3);
      }),
    );
  });

  it("lets a transaction finish before anyone else speaks", () => {
    const { join, turns } = open();
    const [ann, bob] = [join(), join()];
    ann.receive(query("BEGIN"));
    bob.receive(query("bob"));
    ann.receive(query("ann"));
    expect(turns).toEqual(["QBEGIN", "Qann"]);
    ann.receive(query("COMMIT"));
    expect(turns).toEqual(["QBEGIN", "Qann", "QCOMMIT", "Qbob"]);
  });

  it("rolls back for a client that leaves in the middle of its transaction", () => {
    const { join, turns } = open();
    const [ann, bob] = [join(), join()];
    ann.receive(query("BEGIN"));
    bob.receive(query("bob"));
    ann.leave();
    expect(turns).toEqual(["QBEGIN", "QROLLBACK", "Qbob"]);
  });

  it("dismisses a client that sits on its transaction", () => {
    const { join, turns } = open();
    const [ann, bob] = [join(), join()];
    ann.receive(query("BEGIN"));
    bob.receive(query("bob"));
    vi.advanceTimersByTime(999);
    expect(turns).toEqual(["QBEGIN"]);
    vi.advanceTimersByTime(1);
    expect(turns).toEqual(["QBEGIN", "QROLLBACK", "Qbob"]);
    expect(ann.dismiss).toHaveBeenCalledOnce();
    expect(bob.dismiss).not.toHaveBeenCalled();
  });

  it("keeps the floor after a Flush until the Sync", () => {
    const { join, turns } = open();
    const [ann, bob] = [join(), join()];
    ann.receive(Buffer.concat([message("P", "ann"), message("H", "")]));
    bob.receive(query("bob"));
    ann.receive(Buffer.concat([message("B", ""), message("S", "")]));
    expect(turns).toEqual(["PannH", "BS", "Qbob"]);
  });

  it("does not pass on a Terminate: the session outlives its clients", () => {
    const { join, turns } = open();
    const ann = join();
    ann.receive(message("X", ""));
    expect(turns).toEqual([]);
  });

  it("throws when the server breaks off in the middle of an answer", () => {
    const { join } = open();
    const ann = join();
    expect(() => ann.receive(query("CRASH"))).toThrow("middle of an answer");
  });
});
