import { beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { nextReportAt, reportStale } from "../../../src/services/credentials/report-stale.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { tenantForTests } from "../zpa/support/tenant-for-tests.ts";
import { tireless } from "../zpa/support/tireless.ts";
import { aCredentialHouse, NOW } from "./a-credential-house.ts";

const store = storeForTests();
const client = tenantForTests({ tenant: { clock: { now: () => NOW }, monotonicMilliseconds: tireless() }, totalMilliseconds: 1_000 });
let house: ReturnType<typeof aCredentialHouse>;
beforeEach(() => {
  house = aCredentialHouse({ db: store.db, client });
});

describe("the report of stale secrets", () => {
  const told: [string, readonly string[]][] = [];
  const refusing = new Set<string>();
  const report = (over: Partial<Parameters<typeof reportStale>[0]> = {}) =>
    reportStale({
      ...house.ports,
      jobs: { ...house.ports.jobs, work: async () => {}, stop: async () => {} },
      everyAdmin: async () => ["UDORA", "UEMIL"],
      tellStale: async (userId, { credentials }) => {
        if (refusing.has(userId)) throw new PortcullisError("slack_unreachable");
        told.push([userId, credentials.map(({ name }) => name)]);
      },
      ...over,
    })();
  beforeEach(() => {
    told.length = 0;
    refusing.clear();
  });

  it.each([
    ["2026-11-24T12:00:00Z", "2026-11-30T07:00:00.000Z"],
    ["2026-11-30T06:59:59Z", "2026-11-30T07:00:00.000Z"],
    ["2026-11-30T07:00:00Z", "2026-12-07T07:00:00.000Z"],
    ["2027-01-03T23:00:00Z", "2027-01-04T07:00:00.000Z"],
  ])("comes on Mondays at 07:00 UTC: after %s at %s", (now, next) => {
    expect(nextReportAt(new Date(now)).toISOString()).toBe(next);
  });

  it("tells each administrator once a week, in one message, also with two replicas and run again", async () => {
    await Promise.all([report(), report()]);
    await report();
    const names = ["HMI panels", "RTM crane panel", "SCADA operator", "jump hosts", "nordwind-db", "Domain admin break-glass"];
    expect(told.toSorted()).toEqual([
      ["UDORA", names],
      ["UEMIL", names],
    ]);
    expect(house.enqueued).toContainEqual(
      expect.objectContaining({ queue: "report-stale-credentials", startAfter: nextReportAt(house.clock.at) }),
    );
    house.pass({ seconds: 7 * 86_400 });
    await report();
    expect(told).toHaveLength(4);
  });

  it("tells which microtenants could not be read, also when none is stale of what could", async () => {
    const list = client.zpa.credentials.list;
    const { microtenantId } = await house.named("RTM SCADA");
    house.ports.zpa.credentials.list = (options) =>
      options?.microtenantId === microtenantId ? Promise.reject(new PortcullisError("zpa_not_permitted")) : list(options);
    const unread: unknown[] = [];
    await report({ maxAgeDays: 3_650, tellStale: async (userId, stale) => void unread.push([userId, stale.credentials, stale.unread]) });
    const rotterdam = [{ microtenantName: "Plant Rotterdam", code: "zpa_not_permitted" }];
    expect(unread).toEqual([
      ["UDORA", [], rotterdam],
      ["UEMIL", [], rotterdam],
    ]);
  });

  it("that could read nothing at all fails, so that it is tried again, and tells then", async () => {
    const list = client.zpa.credentials.list;
    house.ports.zpa.credentials.list = () => Promise.reject(new PortcullisError("zpa_busy"));
    await expect(report()).rejects.toMatchObject({ code: "zpa_busy" });
    expect(told).toEqual([]);
    house.ports.zpa.credentials.list = list;
    await report();
    expect(told).toHaveLength(2);
  });

  it("says nothing when none is stale, and still comes again", async () => {
    await report({ maxAgeDays: 3_650 });
    expect(told).toEqual([]);
    expect(house.enqueued).toHaveLength(1);
  });

  it("reaches whom Slack did not let it tell with the next try, and nobody twice", async () => {
    refusing.add("UDORA");
    await expect(report()).rejects.toBeInstanceOf(AggregateError);
    refusing.clear();
    await report();
    expect(told.map(([userId]) => userId).toSorted()).toEqual(["UDORA", "UEMIL"]);
  });
});
