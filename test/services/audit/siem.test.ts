/**
 * Contract: the SIEM gets every sealed event, in the order of the seals, at least once, whatever it answers and whenever a run is killed;
 * what it did not take stays at the front, and the log says so. It can tell that a delivery is ours, and one that came before.
 */
import { createHmac } from "node:crypto";
import { addHours } from "date-fns/addHours";
import { addMinutes } from "date-fns/addMinutes";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { noFault } from "../../../src/fault-points.ts";
import { createAuditService } from "../../../src/services/audit/audit-service.ts";
import { type ShipPorts, shipLedger } from "../../../src/services/audit/ship-ledger.ts";
import { createSiemClient, type SiemClient } from "../../../src/services/audit/siem-client.ts";
import { aLedger, anEvent, NEVER } from "./a-ledger.ts";
import { answer, aSiem } from "./a-siem.ts";

const SECRET = "siem-secret-for-tests";
const MACHINE_TIME = new Date("2026-11-02T09:30:00Z");

const Body = z.object({
  version: z.literal(1),
  events: z.array(z.object({ number: z.number(), mac: z.string(), keyId: z.string(), event: z.looseObject({ id: z.string() }) })),
  head: z.object({ number: z.number(), mac: z.string() }).nullable(),
  differs: z.object({ after: z.number(), delivered: z.number() }).optional(),
});

describe("shipping the ledger", () => {
  let ledger: Awaited<ReturnType<typeof aLedger>>;
  let siem: Awaited<ReturnType<typeof aSiem>>;
  let client: SiemClient;
  beforeAll(async () => {
    ledger = await aLedger();
  });
  afterAll(() => ledger.close());
  beforeEach(async () => {
    [siem] = await Promise.all([aSiem(), ledger.clear()]);
    const timeouts = { connectMilliseconds: 2_000, headersMilliseconds: 300, bodyMilliseconds: 300, totalMilliseconds: 2_000 };
    client = createSiemClient({ url: siem.url, secret: SECRET }, { realClock: { now: () => MACHINE_TIME }, timeouts });
  });
  afterEach(async () => {
    await Promise.all([client.close(), siem.close()]);
  });

  const ship = (change: Partial<ShipPorts> = {}, signal = NEVER) =>
    shipLedger({ ...ledger.ports, ids: ledger.ids, siem: client, faultPoint: noFault, ...change }, signal);
  const sealed = async (count: number, event = anEvent()) => {
    await ledger.append(...Array.from({ length: count }, () => event));
    await ledger.seal();
  };
  const numbersIn = (body: string) => Body.parse(JSON.parse(body)).events.map(({ number }) => number);
  const delivered = () => siem.deliveries.map(({ body }) => numbersIn(body));
  const later = (minutes: number) => {
    ledger.clock.at = addMinutes(ledger.clock.at, minutes);
  };
  const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, place) => first + place);
  const cursor = () => ledger.db.selectFrom("siem_cursor").selectAll().executeTakeFirstOrThrow();

  it("sends what is sealed, in order, in batches that each name their head", async () => {
    await sealed(450);
    await ship();
    expect(delivered()).toEqual([upTo(200), upTo(400, 201), upTo(450, 401)]);
    const seals = await ledger.db.selectFrom("ledger_seal").select(["number", "mac"]).orderBy("number").execute();
    const bodies = siem.deliveries.map(({ body }) => Body.parse(JSON.parse(body)));
    expect(bodies.map(({ head }) => head)).toEqual([200, 400, 450].map((number) => ({ number, mac: seals[number - 1]?.mac })));
    expect(bodies.flatMap(({ events }) => events.map(({ mac }) => mac))).toEqual(seals.map(({ mac }) => mac));
    await ship();
    expect(siem.deliveries).toHaveLength(3);
  });

  it("signs the timestamp and the very bytes", async () => {
    await sealed(1, anEvent({ after: { name: "Zoë – “quoted”" } }));
    await ship();
    const [delivery] = siem.deliveries;
    const timestamp = String(MACHINE_TIME.getTime() / 1000);
    const mac = createHmac("sha256", SECRET).update(`${timestamp}.${delivery?.body}`).digest("hex");
    expect(delivery?.headers).toMatchObject({
      "content-type": "application/json",
      "x-portcullis-timestamp": timestamp,
      "x-portcullis-signature": `v1=${mac}`,
      "x-portcullis-delivery": expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it.each([
    ["a lost answer", answer.lost],
    ["a 500", answer.status(500)],
    ["no answer at all", () => {}],
  ])("sends the same bytes under the same id again after %s, though more is sealed by then", async (_, first) => {
    siem.script.push(first);
    await sealed(2);
    await ship();
    await sealed(3);
    await ship();
    expect(siem.deliveries).toHaveLength(1);
    later(1);
    await ship();
    expect(delivered()).toEqual([
      [1, 2],
      [1, 2],
      [3, 4, 5],
    ]);
    expect(siem.deliveries[1]?.body).toBe(siem.deliveries[0]?.body);
    expect(siem.deliveries[1]?.headers["x-portcullis-delivery"]).toBe(siem.deliveries[0]?.headers["x-portcullis-delivery"]);
    expect(await cursor()).toMatchObject({ shipped: "5", failures: 0, last_failure: null, next_at: null, claimed_by: null });
  });

  it("waits longer from failure to failure, up to an hour, and as long as it is asked to", async () => {
    await sealed(1);
    const pauses: number[] = [];
    for (const code of [500, 502, 503, 500, 500, 500, 500, 500]) {
      siem.script.push(answer.status(code));
      await ship();
      const { next_at } = await cursor();
      pauses.push(((next_at?.getTime() ?? 0) - ledger.clock.at.getTime()) / 60_000);
      ledger.clock.at = next_at ?? ledger.clock.at;
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    siem.script.push(answer.yes);
    await ship();
    await sealed(1);
    siem.script.push(answer.status(429, { "retry-after": "600" }));
    await ship();
    later(9);
    await ship();
    expect(siem.deliveries).toHaveLength(10);
    later(1);
    await ship();
    expect(delivered().at(-1)).toEqual([2]);
  });

  it("waits until the date that it is asked to, by the machine's own clock", async () => {
    const untilDate = new Date(MACHINE_TIME.getTime() + 600_000).toUTCString();
    siem.script.push(
      answer.status(503, { "retry-after": untilDate }),
      answer.status(503, { "retry-after": "Mon, 02 Nov 2026 09:00:00 GMT" }),
    );
    const deliver = () => client.deliver("{}");
    expect(await deliver()).toMatchObject({ kind: "failed", retryAfterSeconds: 600 });
    expect(await deliver()).toMatchObject({ kind: "failed", retryAfterSeconds: null }); // that is over
  });

  it.each([400, 401, 410, 301])("drops nothing at an answer of %i, follows it nowhere, and says so as an error", async (code) => {
    siem.script.push(answer.status(code, { location: `${siem.url}/elsewhere` }));
    await sealed(2);
    await ship();
    expect(siem.deliveries).toHaveLength(1);
    expect(ledger.lines).toContainEqual(expect.objectContaining({ level: 50, msg: "siem.refused", failure: `HTTP ${code}`, shipped: "0" }));
    const { examine } = createAuditService(ledger.ports);
    expect((await examine({ newest: 1 })).siem).toMatchObject({ shipped: 0, failures: 1, lastFailure: `HTTP ${code}` });
    later(60);
    await ship();
    expect(delivered()).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it("halves a batch that is too large for the receiver", async () => {
    siem.script.push(answer.status(413), answer.status(413));
    await sealed(8);
    await ship();
    expect(delivered()).toEqual([upTo(8), upTo(4), upTo(2), upTo(8, 3)]);
  });

  it("keeps a body near a megabyte, however large its events are", async () => {
    await sealed(5, anEvent({ after: { text: "x".repeat(400_000) } }));
    await ship();
    expect(delivered()).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("sends a batch again whose run was killed before it noted the answer", async () => {
    await sealed(2);
    const killed = () => {
      throw new Error("killed");
    };
    await expect(ship({ faultPoint: killed })).rejects.toThrow("killed");
    await ship();
    expect(delivered()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(siem.deliveries[1]?.body).toBe(siem.deliveries[0]?.body);
  });

  it("lets one run ship at a time", async () => {
    await sealed(300);
    siem.script.push((response) => void ship().then(() => response.writeHead(204).end()));
    await ship();
    expect(delivered()).toEqual([upTo(200), upTo(300, 201)]);
  });

  it("stops between two batches when the process stops", async () => {
    await sealed(300);
    const stopping = new AbortController();
    siem.script.push((response) => {
      stopping.abort();
      response.writeHead(204).end();
    });
    await ship({}, stopping.signal);
    expect(delivered()).toEqual([upTo(200)]);
    await ship();
    expect(delivered()).toEqual([upTo(200), upTo(300, 201)]);
  });

  it("does not step over an event that was removed", async () => {
    await sealed(3);
    await ledger.tamper("delete from ledger_event where id = 2");
    await ship();
    expect(delivered()).toEqual([[1]]);
    expect(ledger.lines).toContainEqual(expect.objectContaining({ level: 50, msg: "siem.event-missing", number: "2" }));
  });

  /** As the owner of the database cuts the end of the chain off. */
  const cutAfter = (number: number) =>
    ledger.tamper(
      `delete from ledger_event where id in (select event_id from ledger_seal where number > ${number})`,
      `delete from ledger_seal where number > ${number}`,
    );
  const differences = () => siem.deliveries.map(({ body }) => Body.parse(JSON.parse(body)).differs ?? null);
  const forked = { after: 4, delivered: 10 };

  it("sends a chain again from where it is another, also when it has grown past what was sent, and raises the alarm", async () => {
    await sealed(4);
    await ship();
    await sealed(6);
    await ship();
    await cutAfter(5);
    await sealed(7);
    siem.deliveries.length = 0;
    await ship();
    expect(delivered()).toEqual([upTo(12, 5)]);
    expect(differences()).toEqual([forked]);
    expect(ledger.lines).toContainEqual(expect.objectContaining({ level: 50, msg: "siem.chain-differs", shipped: "10", after: "4" }));
    const { examine } = createAuditService(ledger.ports);
    expect((await examine({ newest: 100 })).siem).toMatchObject({ shipped: 12, differs: { after: 4, at: expect.any(String) } });
    await sealed(1);
    await ship();
    expect([delivered().at(-1), differences().at(-1)]).toEqual([[13], null]);
  });

  it("raises the alarm at once where nothing has come after the cut", async () => {
    await sealed(4);
    await ship();
    await sealed(6);
    await ship();
    await cutAfter(4);
    const { examine } = createAuditService(ledger.ports);
    expect((await examine({ newest: 100 })).siem).toMatchObject({ differs: { after: 4, at: null } });
    siem.deliveries.length = 0;
    await ship();
    expect([delivered(), differences()]).toEqual([[[]], [forked]]);
    await sealed(2);
    await ship();
    expect([delivered().at(-1), differences().at(-1)]).toEqual([[5, 6], forked]);
    // Cut once more: all numbers up to ten had been delivered before.
    await cutAfter(5);
    await sealed(4);
    await ship();
    expect([delivered().at(-1), differences().at(-1)]).toEqual([upTo(9, 5), forked]);
  });

  it("sends everything again where nothing of what was sent is left, as the same bytes under the same id when an answer is lost", async () => {
    await sealed(3);
    await ship();
    await cutAfter(0);
    await sealed(2);
    siem.deliveries.length = 0;
    siem.script.push(answer.lost);
    await ship();
    await sealed(2);
    later(1);
    await ship();
    expect(delivered()).toEqual([
      [1, 2],
      [1, 2],
      [3, 4],
    ]);
    expect(siem.deliveries[1]?.body).toBe(siem.deliveries[0]?.body);
    expect(differences()).toEqual(Array(3).fill({ after: 0, delivered: 3 }));
  });

  it("sends the head alone once a day, also where nothing was ever sealed", async () => {
    await ship();
    expect(Body.parse(JSON.parse(siem.deliveries[0]?.body ?? ""))).toMatchObject({ events: [], head: null });
    ledger.clock.at = addHours(ledger.clock.at, 23);
    await ship();
    expect(siem.deliveries).toHaveLength(1);
    await sealed(1);
    await ship();
    ledger.clock.at = addHours(ledger.clock.at, 24);
    await ship();
    expect(delivered()).toEqual([[], [1], []]);
    const { head } = await ledger.verify();
    expect(Body.parse(JSON.parse(siem.deliveries[2]?.body ?? "")).head).toEqual({ number: 1, mac: head });
  });
});
