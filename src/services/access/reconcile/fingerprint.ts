import { createHash } from "node:crypto";
import type { PrivilegedApproval } from "../../zpa/zpa-client.ts";
import type { Grant } from "../grant.ts";
import { microtenantKey, segmentKey } from "../grant-rows.ts";
import type { FindingTerms } from "./finding.ts";

export const foreignSubject = (microtenantId: string | null, zpaId: string): string => `${microtenantKey(microtenantId)}/${zpaId}`;

export const termsOf = ({ emailIds, segmentIds, start, end, workingHours }: PrivilegedApproval): FindingTerms => ({
  emailIds: emailIds.toSorted(),
  segmentIds: segmentIds.toSorted(),
  start,
  end,
  workingHours,
});

export const intendedOf = ({ email, segmentIds, start, end, workingHours }: Grant): FindingTerms => ({
  emailIds: [email],
  segmentIds,
  start,
  end,
  workingHours,
});

const CRONS: ReadonlySet<string> = new Set(["startTimeCron", "endTimeCron"]);

/**
 * Of a change: only what differs counts, on either side. Crons move with the seasons by themselves, and count only where nothing else
 * differs: what is ignored must not come back at every change of the clocks.
 */
export function fingerprintOfChange(fields: readonly string[], seen: FindingTerms, intended: FindingTerms): string {
  const lasting = fields.filter((field) => !CRONS.has(field));
  return lasting.length === 0
    ? digest(["crons", seen.workingHours])
    : digest(lasting.map((field) => [field, part(field, seen), part(field, intended)]));
}

export const fingerprintOfForeign = (seen: FindingTerms): string =>
  digest([seen.emailIds.map((email) => email.toLowerCase()), segmentKey(seen.segmentIds), seen.start, seen.end, seen.workingHours]);

export const fingerprintOfMissing = (zpaId: string): string => digest(["missing", zpaId]);

function part(field: string, terms: FindingTerms): unknown {
  switch (field) {
    case "emailIds":
      return terms.emailIds.map((email) => email.toLowerCase());
    case "applications":
      return segmentKey(terms.segmentIds);
    case "startTime":
      return terms.start;
    case "endTime":
      return terms.end;
    default:
      return terms.workingHours === null ? null : { ...terms.workingHours, startTimeCron: null, endTimeCron: null };
  }
}

const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
