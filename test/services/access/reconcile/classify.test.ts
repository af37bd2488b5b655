/**
 * Contract: whatever stands in the tenant and whatever we granted, every privileged approval is exactly one thing; what nobody but others
 * can have made is never deleted; of twins the lowest id stays; and nothing is called absent that is there or is being worked on.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grant } from "../../../../src/services/access/grant.ts";
import { segmentKey } from "../../../../src/services/access/grant-rows.ts";
import type { Attempt } from "../../../../src/services/access/matching.ts";
import { classify, deletable, type OurGrant } from "../../../../src/services/access/reconcile/classify.ts";
import type { PrivilegedApproval } from "../../../../src/services/zpa/zpa-client.ts";

const now = new Date("2026-11-02T12:00:00Z");
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

/** Few values, so that grants and tenant meet often. */
const email = fc.constantFrom("ana@example.com", "Ben@example.com", "eve@example.com");
const segments = fc.subarray(["seg-1", "seg-2"], { minLength: 1 });
const start = fc.constantFrom(-4, -2).map(at);
const end = fc.constantFrom(-1, 2, 4).map(at);
const zpaId = fc.integer({ min: 1, max: 12 }).map(String);

const approval = fc.record({ id: zpaId, email, segments, start, end }).map(
  ({ id, email: who, segments: segmentIds, ...window }): PrivilegedApproval => ({
    id,
    emailIds: [who],
    segmentIds,
    ...window,
    workingHours: null,
    status: null,
    microtenantId: null,
    raw: {},
  }),
);

const our = fc
  .record({
    uuid: fc.uuid(),
    email,
    segments,
    start,
    end,
    status: fc.constantFrom("PLANNED", "GRANTED", "ENDING", "FAILED", "ENDED"),
    id: fc.option(zpaId),
    isMoving: fc.boolean(),
    outcomes: fc.array(fc.constantFrom("UNKNOWN", "ANSWERED", "REFUSED"), { maxLength: 2 }),
  })
  .map(({ uuid, email: who, segments: segmentIds, start: from, end: until, status, id, isMoving, outcomes }): OurGrant => {
    const grant: Grant = {
      id: uuid,
      requestId: uuid,
      microtenantId: null,
      part: 0,
      email: who,
      segmentIds,
      consoleIds: [],
      start: from,
      end: until,
      workingHours: null,
      changingFrom: null,
      status: status as Grant["status"],
      zpaId: id,
      failure: null,
    };
    const attempts = outcomes.map(
      (outcome): Attempt => ({
        email: who,
        segmentKey: segmentKey(segmentIds),
        start: from,
        end: until,
        outcome: outcome as Attempt["outcome"],
      }),
    );
    return { grant, attempts, isMoving };
  });

const tenants = fc.uniqueArray(approval, { selector: ({ id }) => id, maxLength: 10 });
const grants = fc.uniqueArray(our, { selector: ({ grant }) => grant.zpaId ?? grant.id, maxLength: 5 });

const isSent = (found: PrivilegedApproval, { grant, attempts }: OurGrant): boolean =>
  grant.zpaId === found.id ||
  attempts.some(
    ({ outcome, email: to, segmentKey: key, start: from, end: until }) =>
      outcome === "UNKNOWN" &&
      to.toLowerCase() === found.emailIds[0]?.toLowerCase() &&
      key === segmentKey(found.segmentIds) &&
      from.getTime() === found.start.getTime() &&
      until.getTime() === found.end.getTime(),
  );

describe("classing a tenant", () => {
  it("gives every privileged approval exactly one class", () => {
    fc.assert(
      fc.property(tenants, grants, (tenant, ours) => {
        const { of } = classify(tenant, ours, now);
        expect([...of.keys()].toSorted()).toEqual(tenant.map(({ id }) => id).toSorted());
      }),
      { numRuns: 500 },
    );
  });

  it("never deletes what no id and no lost attempt of ours explains, nor anything of a grant at work", () => {
    fc.assert(
      fc.property(tenants, grants, (tenant, ours) => {
        const classification = classify(tenant, ours, now);
        for (const id of deletable(classification)) {
          const found = tenant.find((each) => each.id === id);
          const owners = ours.filter((each) => found !== undefined && isSent(found, each));
          expect(owners.length).toBeGreaterThan(0);
          const classed = classification.of.get(id);
          const owner = ours.find(({ grant }) => classed !== undefined && grant.id === classed.grantId);
          expect(owner?.isMoving).toBe(false);
          expect(["GRANTED", "FAILED", "ENDED"]).toContain(owner?.grant.status);
        }
        for (const found of tenant)
          if (!ours.some((each) => isSent(found, each))) expect(classification.of.get(found.id)?.kind).toBe("foreign");
      }),
      { numRuns: 500 },
    );
  });

  it("keeps the lowest id of twins, and that one alone", () => {
    fc.assert(
      fc.property(tenants, grants, (tenant, ours) => {
        const { of } = classify(tenant, ours, now);
        const twins = [...of].flatMap(([id, classed]) => (classed.kind === "twin" ? [{ id, ...classed }] : []));
        for (const [, group] of Map.groupBy(twins, ({ grantId }) => grantId)) {
          const lowest = Math.min(...group.map(({ id }) => Number(id)));
          expect(new Set(group.map(({ keptId }) => keptId))).toEqual(new Set([String(lowest)]));
          expect(deletable({ of, absent: [] })).not.toContain(String(lowest));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("calls absent only grants that stand, are at rest, are not over, and of which nothing is listed", () => {
    fc.assert(
      fc.property(tenants, grants, (tenant, ours) => {
        const { absent } = classify(tenant, ours, now);
        for (const { id } of absent) {
          const found = ours.find(({ grant }) => grant.id === id);
          expect(found).toMatchObject({ isMoving: false, grant: { status: "GRANTED" } });
          expect(found?.grant.end.getTime()).toBeGreaterThan(now.getTime());
          expect(tenant.some((each) => each.id === found?.grant.zpaId)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});
