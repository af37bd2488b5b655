/**
 * Contract: whatever somebody who owns the database changes in the ledger, a verification finds it and names the first place that is not
 * as it was sealed; what is cut off the end is found with a head that was noted outside. Without the key nobody makes a seal.
 */
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { macOf } from "../../../src/services/audit/seal-chain.ts";
import { aLedger, anEvent, KEY, OTHER_KEY } from "./a-ledger.ts";

type OneLedger = Awaited<ReturnType<typeof aLedger>>;

const CHANGES: Readonly<Record<string, string>> = {
  at: "at = at + interval '1 microsecond'",
  infinity: "at = 'infinity'",
  kind: "kind = kind || ' '",
  requestId: "request_id = case when request_id is null then '00000000-0000-4000-8000-000000000000'::uuid end",
  actor: "actor = actor || 'x'",
  subject: "subject = upper(subject) || '.'",
  before: "before = case when before is null then 'null'::jsonb end",
  after: `after = '{"__proto__": 1}'::jsonb || jsonb_build_object('was', after)`,
  digits: `after = jsonb_build_object('id', 216196257331281921)`,
};

const json = fc.oneof(
  fc.constant(null),
  fc.dictionary(
    fc.string({ maxLength: 8 }).filter((key) => !key.includes("\0")),
    fc.oneof(fc.integer(), fc.boolean(), text()),
    { maxKeys: 4 },
  ),
);
function text() {
  return fc.string({ maxLength: 20, unit: "grapheme" }).filter((each) => !each.includes("\0"));
}
const event = fc.record({
  kind: fc.constantFrom("request.created", "grant.granted"),
  actor: text(),
  subject: text(),
  before: json,
  after: json,
});
const events = fc.array(event, { minLength: 2, maxLength: 9 });

describe("a ledger that somebody changed", () => {
  let ledger: OneLedger;
  beforeAll(async () => {
    ledger = await aLedger();
  });
  afterAll(() => ledger.close());
  beforeEach(() => ledger.clear());

  /** A chain of these events in several batches: event and seal of one place have one number. */
  const chainOf = async (given: readonly Parameters<typeof anEvent>[0][]) => {
    await ledger.clear();
    for (const each of given) {
      await ledger.append(anEvent(each));
      if (given.length % 2 === 0) await ledger.seal();
    }
    await ledger.seal();
  };
  const holds = (property: fc.IAsyncProperty<unknown>, numRuns = 25) => fc.assert(property, { numRuns });
  /** The chain and a place in it. */
  const chainAndPlace = events.chain((given) => fc.record({ given: fc.constant(given), place: fc.integer({ min: 1, max: given.length }) }));

  it("verifies when nobody did, whatever stands in it", { timeout: 60_000 }, async () => {
    await holds(
      fc.asyncProperty(events, async (given) => {
        await chainOf(given);
        expect(await ledger.verify()).toMatchObject({ ok: true, events: given.length, sealed: given.length, unsealed: 0, firstBad: null });
      }),
    );
  });

  it.each(Object.entries(CHANGES))("shows a changed cell: %s", { timeout: 60_000 }, async (_, change) => {
    await holds(
      fc.asyncProperty(chainAndPlace, async ({ given, place }) => {
        await chainOf(given);
        await ledger.tamper(`update ledger_event set ${change} where id = ${place}`);
        expect(await ledger.verify()).toMatchObject({
          ok: false,
          sealed: place - 1,
          firstBad: { number: place, eventId: String(place), problem: "mac_differs" },
        });
      }),
      8,
    );
  });

  it("shows the first of several", async () => {
    await chainOf([{}, {}, {}, {}]);
    await ledger.tamper("update ledger_event set actor = 'x' where id in (2, 4)", "delete from ledger_seal where number = 3");
    expect((await ledger.verify()).firstBad).toMatchObject({ number: 2, problem: "mac_differs" });
  });

  it("shows a changed seal", { timeout: 60_000 }, async () => {
    const changes = [
      ["mac = reverse(mac)", "mac_differs"],
      ["mac = upper(mac) || 'A'", "mac_differs"],
      ["key_id = 'other'", "key_unknown"],
      ["number = number + 100", "seal_missing"],
      ["event_id = event_id + 100", "event_missing"],
    ] as const;
    await holds(
      fc.asyncProperty(chainAndPlace, fc.constantFrom(...changes), async ({ given, place }, [change, problem]) => {
        await chainOf(given);
        await ledger.tamper(`update ledger_seal set ${change} where number = ${place}`);
        const { ok, firstBad } = await ledger.verify();
        expect(ok).toBe(false);
        expect(firstBad).toMatchObject({ number: place, problem });
      }),
    );
  });

  it("shows a removed event, with its seal and without", { timeout: 60_000 }, async () => {
    await holds(
      fc.asyncProperty(chainAndPlace, fc.boolean(), async ({ given, place }, isSealGone) => {
        await chainOf(given);
        const { head } = await ledger.verify();
        const seal = isSealGone ? [`delete from ledger_seal where number = ${place}`] : [];
        await ledger.tamper(`delete from ledger_event where id = ${place}`, ...seal);
        const problem = !isSealGone ? "event_missing" : place === given.length ? "head_not_found" : "seal_missing";
        expect((await ledger.verify({ head })).firstBad).toMatchObject({ number: place, problem });
      }),
    );
  });

  it("shows a removed seal whose event is still there", { timeout: 60_000 }, async () => {
    await holds(
      fc.asyncProperty(chainAndPlace, async ({ given, place }) => {
        await chainOf(given);
        await ledger.tamper(`delete from ledger_seal where number >= ${place}`);
        expect((await ledger.verify()).firstBad).toMatchObject({ number: null, eventId: String(place), problem: "never_sealed" });
      }),
    );
  });

  it("shows two events that changed places", { timeout: 60_000 }, async () => {
    await holds(
      fc.asyncProperty(chainAndPlace, async ({ given, place }) => {
        await chainOf(given);
        const other = place === 1 ? 2 : place - 1;
        await ledger.tamper(
          `update ledger_seal set event_id = -1 where number = ${place}`,
          `update ledger_seal set event_id = ${place} where number = ${other}`,
          `update ledger_seal set event_id = ${other} where number = ${place}`,
        );
        expect((await ledger.verify()).firstBad).toMatchObject({ number: Math.min(place, other), problem: "mac_differs" });
      }),
    );
  });

  it("shows an event that was put in, however its seal was forged", { timeout: 60_000 }, async () => {
    await chainOf([{}, {}, {}]);
    const { head } = await ledger.verify();
    const put = "insert into ledger_event (at, kind, actor, subject) values (now(), 'request.created', 'UMAL', 'PRA-1')";
    const forged = macOf(OTHER_KEY, head ?? "", "{}");
    const sealed = (number: number) =>
      `insert into ledger_seal values (${number}, (select max(id) from ledger_event), '${forged}', '${KEY.id}')`;

    await ledger.tamper(put);
    expect((await ledger.verify()).firstBad).toMatchObject({ number: null, eventId: "4", problem: "never_sealed" });
    await ledger.tamper(sealed(4));
    expect((await ledger.verify()).firstBad).toMatchObject({ number: 4, problem: "mac_differs" });
    await ledger.tamper("delete from ledger_seal where number = 4", sealed(0));
    expect((await ledger.verify()).firstBad).toMatchObject({ number: 0, problem: "seal_unknown" });
    await ledger.tamper("delete from ledger_seal where number = 0", sealed(9));
    expect((await ledger.verify()).firstBad).toMatchObject({ number: 4, problem: "seal_missing" });
    await ledger.tamper(
      "update ledger_seal set number = number + 1 where number = 9",
      "update ledger_seal set number = 4 where number = 10",
    );
    expect((await ledger.verify()).firstBad).toMatchObject({ number: 4, problem: "mac_differs" });
  });

  it("shows a tail that was cut off, by any head that was noted, and takes an older head for what it is", async () => {
    await chainOf([{}, {}]);
    const older = (await ledger.verify()).head;
    await ledger.append(anEvent());
    await ledger.seal();
    const { head } = await ledger.verify();
    expect(await ledger.verify({ head: older })).toMatchObject({ ok: true, head });
    expect(await ledger.verify({ head: head?.toUpperCase() ?? null })).toMatchObject({ ok: true });
    await ledger.tamper("delete from ledger_event where id = 3", "delete from ledger_seal where number = 3");
    expect(await ledger.verify()).toMatchObject({ ok: true });
    expect(await ledger.verify({ head: older })).toMatchObject({ ok: true });
    expect(await ledger.verify({ head })).toMatchObject({ ok: false, firstBad: { number: 3, problem: "head_not_found" } });
    await expect(ledger.verify({ head: "3f5a" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("shows an event that was removed before it was sealed, or hidden from the sealer", async () => {
    await chainOf([{}]);
    await ledger.append(anEvent(), anEvent());
    expect(await ledger.verify()).toMatchObject({ ok: true, events: 3, sealed: 1, unsealed: 2 });
    await ledger.tamper("delete from ledger_event where id = 2");
    expect((await ledger.verify()).firstBad).toMatchObject({ number: null, eventId: "2", problem: "event_missing" });
    await ledger.tamper("delete from ledger_unsealed where event_id in (2, 3)");
    expect((await ledger.verify()).firstBad).toMatchObject({ number: null, eventId: "3", problem: "never_sealed" });
  });

  it("seals on beside marks that were forged", async () => {
    await chainOf([{}]);
    await ledger.tamper("insert into ledger_unsealed values (1), (77)");
    await ledger.append(anEvent());
    expect(await ledger.seal()).toBe(1);
    expect(await ledger.verify()).toMatchObject({ sealed: 2, firstBad: { eventId: "77", problem: "event_missing" } });
    expect(JSON.stringify(ledger.lines)).toContain("ledger.marks-without-events");
  });

  it.each(["update ledger_seal set mac = ''", "delete from ledger_seal", "truncate ledger_seal"])(
    "refuses a change of the seals by who is not at pains: %s",
    async (change) => {
      const { sql } = await import("kysely");
      await expect(sql.raw(change).execute(ledger.db)).rejects.toThrow("append-only");
    },
  );
});
