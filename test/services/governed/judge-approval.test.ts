/**
 * Contract: whatever SailPoint answers, an approval is judged to become access only if it is APPROVED by somebody, after the connection,
 * with attributes of ours that are those first shown, for the requestee who was shown; and whatever is judged, nothing is thrown.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributesDigest, ownAttributes } from "../../../src/services/governed/attributes.ts";
import { judgeApproval, type Sighting } from "../../../src/services/governed/judge-approval.ts";
import type { SailPointApproval, SailPointIdentity, SailPointStatus } from "../../../src/services/sailpoint/approval.ts";
import { wire } from "./a-governed-house.ts";

const CONNECTED = new Date("2026-11-02T08:00:00Z");
const some = wire();

const who = fc
  .constantFrom("id-Ana", "id-Ben")
  .map((id): SailPointIdentity => ({ id, type: "IDENTITY", name: id, email: `${id}@example.com`, serialOrder: 0, members: [] }));
const instant = fc.constantFrom(
  ...["2026-11-02T07:59:59Z", "2026-11-02T08:00:00Z", "2026-11-02T08:10:00Z", "2026-11-02T08:20:00Z"].map((iso) => new Date(iso)),
);
const attributes = fc.constantFrom<Readonly<Record<string, unknown>>[]>(
  {},
  { ticket: "1" },
  { portcullisConsoles: "db" },
  { portcullisConsoles: "db", ticket: "1" },
  { portcullisConsoles: "other" },
);
const approval: fc.Arbitrary<SailPointApproval> = fc
  .record({
    status: fc.constantFrom<SailPointStatus>("PENDING", "APPROVED", "REJECTED", "EXPIRED", "CANCELLED", "PASSED", "UNKNOWN"),
    requestee: fc.option(who),
    approvedBy: fc.option(fc.array(fc.record({ identity: who, at: fc.option(instant) }), { maxLength: 3 })),
    additionalAttributes: fc.option(attributes),
    completedAt: fc.option(instant),
  })
  .map((over) => ({ ...some, ...over }));
const sighting: fc.Arbitrary<Sighting> = fc.record({
  seenAt: instant,
  seenPending: fc.boolean(),
  shownDigest: fc.option(attributes).map(attributesDigest),
  shownRequesteeId: fc.option(who.map(({ id }) => id)),
  shownSince: fc.option(instant),
  shownOtherwise: fc.boolean(),
});

describe("an approval is judged", () => {
  it("to become access only if all of it holds", () => {
    fc.assert(
      fc.property(approval, sighting, (said, seen) => {
        const judged = judgeApproval(said, seen, CONNECTED);
        if (judged.kind !== "approved") return;
        const { status, approvedBy, additionalAttributes, requestee, completedAt } = said;
        expect(status).toBe("APPROVED");
        expect(approvedBy?.length).toBeGreaterThan(0);
        expect(Object.keys(ownAttributes(additionalAttributes ?? {}))).not.toEqual([]);
        expect(seen.shownOtherwise).toBe(false);
        if (seen.shownDigest !== null) expect(attributesDigest(additionalAttributes)).toBe(seen.shownDigest);
        else expect(seen.seenPending).toBe(false);
        if (requestee !== null && seen.shownRequesteeId !== null) expect(requestee.id).toBe(seen.shownRequesteeId);
        if (completedAt !== null) expect(completedAt.getTime()).toBeGreaterThanOrEqual(CONNECTED.getTime());
        if (seen.shownDigest !== null && seen.shownSince !== null)
          for (const { at } of approvedBy ?? []) expect(at?.getTime()).toBeGreaterThan(seen.shownSince.getTime());
      }),
      { numRuns: 5000 },
    );
  });

  it("to become access when it was seen waiting and approved as it stood", () => {
    fc.assert(
      fc.property(
        who,
        fc.constantFrom({ portcullisConsoles: "db" }, { portcullisConsoles: "x", ticket: "2" }),
        (requestee, additionalAttributes) => {
          const seen = { seenAt: CONNECTED, seenPending: true, shownSince: null, shownOtherwise: false };
          const shown = { shownDigest: attributesDigest(additionalAttributes), shownRequesteeId: requestee.id };
          expect(judgeApproval({ ...some, requestee, additionalAttributes }, { ...seen, ...shown }, CONNECTED).kind).toBe("approved");
        },
      ),
    );
  });

  it("undecided as long as SailPoint says PENDING, or what we do not know", () => {
    fc.assert(
      fc.property(approval, sighting, fc.constantFrom<SailPointStatus>("PENDING", "UNKNOWN"), (said, seen, status) => {
        expect(judgeApproval({ ...said, status }, seen, CONNECTED).kind).toBe("undecided");
      }),
    );
  });
});
