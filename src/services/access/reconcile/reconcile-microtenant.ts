import { fromUnknown } from "../../../errors.ts";
import type { PrivilegedApproval } from "../../zpa/zpa-client.ts";
import { alignedAt } from "../crons-of-grant.ts";
import { readIfThere } from "../earlier-effects.ts";
import type { Grant } from "../grant.ts";
import { sameCrons } from "../plan-realignment.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import { type Classed, type Classification, changedFields, classify, type OurGrant } from "./classify.ts";
import { cleanExpired } from "./clean-expired.ts";
import type { Finding, Found, MicrotenantResult } from "./finding.ts";
import { readStanding } from "./finding-rows.ts";
import { fingerprintOfChange, fingerprintOfForeign, fingerprintOfMissing, foreignSubject, intendedOf, termsOf } from "./fingerprint.ts";
import { readOurs, readUnmoved } from "./read-ours.ts";
import { recordFindings } from "./record-findings.ts";
import { removeOurs } from "./remove-ours.ts";

export interface ReconcilePorts extends ProvisionPorts {
  /** Whether our own that are over are deleted, by id. */
  readonly cleanExpired: boolean;
}

/** Lists can lag, or come back empty: more that is missing at once is one finding about the list. */
const MOST_MISSING = 10;
/** What is gone from the list is asked for by id, so many of a pass. */
const MOST_CONFIRMED = 20;

/**
 * Compares one microtenant's privileged approvals with what is intended, and records what is to be told. Whatever a list says is missing or
 * changed is asked for by its id, and our grant read again, before it is said.
 *
 * @throws PortcullisError `zpa_*` when the list cannot be had: then nothing is said of this microtenant
 */
export async function reconcileMicrotenant(
  ports: ReconcilePorts,
  { microtenantId, microtenantName }: { readonly microtenantId: string | null; readonly microtenantName: string },
): Promise<MicrotenantResult> {
  const { db, zpa, clock, log } = ports;
  const askedAt = clock.now();
  const approvals = await zpa.approvals.list({ microtenantId, priority: "read" });
  const now = clock.now();
  const ours = await readOurs(db, { microtenantId, approvals, askedAt }, now);
  const classification = classify(approvals, ours, now);
  const place = { microtenantId, microtenantName };
  const standing = await readStanding(db, microtenantId);
  // What was decided and whose job was lost with its process: a run too many finds nothing to do.
  for (const { id, kind, wanted } of standing)
    if (wanted !== null && kind !== "LIST")
      await ports.jobs.enqueueNow("carry-out-finding", { findingId: id, round: 0 }, { singletonKey: id });
  const unsure = new Set<string>();
  const byGrant = new Map(ours.map(({ grant }) => [grant.id, grant]));

  const removed = await removeOurs(ports, classification, byGrant);
  await realignThoseOutOfStep(ports, ours, now);
  const changes = await confirmedChanges(ports, place, { classification, approvals, unsure });
  const { missing, list } = await confirmedMissing(ports, place, { classification, standing, unsure, standingGrants: byGrant.size });
  const foreign = foreignIn(approvals, classification, place, now);
  for (const [, classed] of classification.of) if (classed.kind === "moving" || classed.kind === "twin") unsure.add(classed.grantId);
  for (const { grant, isMoving } of ours) if (isMoving || grant.status !== "GRANTED") unsure.add(grant.id);
  const stays = await confirmedVanished(ports, standing, approvals);
  const opened = await recordFindings(ports, {
    ...place,
    found: [...changes, ...missing, ...list, ...foreign],
    isUnsure: (finding) =>
      stays.has(finding.id) ||
      (finding.grantId !== null && finding.kind !== "FOREIGN" && unsure.has(finding.grantId) && isAlive(byGrant.get(finding.grantId))),
    now,
  });
  const cleaned = ports.cleanExpired ? await cleanExpired(ports, classification, byGrant) : 0;
  const count = (kind: Classed["kind"]): number => [...classification.of.values()].filter((classed) => classed.kind === kind).length;
  const result: MicrotenantResult = {
    ...place,
    listed: approvals.length,
    asIntended: count("as-intended"),
    changed: changes.length,
    missing: missing.length,
    foreign: count("foreign"),
    expired: count("expired"),
    moving: count("moving"),
    removed,
    cleaned,
    problem: list.length > 0 ? "zpa_list_not_believed" : null,
  };
  log.info({ ...result, opened }, "reconcile.microtenant");
  return result;
}

/** A rewriting of crons that failed for good, or was lost, is not left to the zone's next change. */
async function realignThoseOutOfStep({ jobs }: ReconcilePorts, ours: readonly OurGrant[], now: Date): Promise<void> {
  for (const { grant, isMoving } of ours) {
    const isAtRest = !isMoving && grant.status === "GRANTED" && grant.changingFrom === null && grant.end > now;
    if (isAtRest && !sameCrons(grant, alignedAt(grant, now)))
      await jobs.enqueueNow("realign-grant", { grantId: grant.id }, { singletonKey: grant.id });
  }
}

interface Place {
  readonly microtenantId: string | null;
  readonly microtenantName: string;
}

const isAlive = (grant: Grant | undefined): boolean => grant !== undefined && grant.status !== "ENDED" && grant.status !== "FAILED";

/** What the list says is changed, as it stands now. */
async function confirmedChanges(
  ports: ReconcilePorts,
  { microtenantName }: Place,
  pass: { readonly classification: Classification; readonly approvals: readonly PrivilegedApproval[]; readonly unsure: Set<string> },
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const [zpaId, classed] of pass.classification.of) {
    if (classed.kind !== "changed") continue;
    const current = await inPeace(ports, classed.grantId, zpaId);
    if (current === null || current.found === null) {
      pass.unsure.add(classed.grantId);
      continue;
    }
    const { grant } = current;
    const fields = changedFields(current.found, grant, ports.clock.now());
    if (fields.length === 0) continue;
    const seen = termsOf(current.found);
    const intended = intendedOf(grant);
    found.push({
      kind: "CHANGED",
      subject: grant.id,
      microtenantId: grant.microtenantId,
      zpaId,
      grantId: grant.id,
      fingerprint: fingerprintOfChange(fields, seen, intended),
      body: { microtenantName, fields, intended, seen, counts: {} },
    });
  }
  return found;
}

/** What the list lacks of ours, as far as ZPA says by id that it is not there. */
async function confirmedMissing(
  ports: ReconcilePorts,
  { microtenantId, microtenantName }: Place,
  pass: {
    readonly classification: Classification;
    readonly standing: readonly Finding[];
    readonly unsure: Set<string>;
    readonly standingGrants: number;
  },
): Promise<{ readonly missing: readonly Found[]; readonly list: readonly Found[] }> {
  const { absent } = pass.classification;
  const said = pass.standing.find(({ kind }) => kind === "LIST");
  const isToBeChecked = said?.wanted?.verdict === "restore";
  if (absent.length > MOST_MISSING && !isToBeChecked) {
    for (const { id } of absent) pass.unsure.add(id);
    const counts = { absent: absent.length, grants: pass.standingGrants };
    const body = { microtenantName, fields: [], intended: null, seen: null, counts };
    return {
      missing: [],
      list: [{ kind: "LIST", subject: microtenantId ?? "", microtenantId, zpaId: null, grantId: null, fingerprint: "list", body }],
    };
  }
  const missing: Found[] = [];
  for (const { id, zpaId } of absent) {
    const current = zpaId === null ? null : await inPeace(ports, id, zpaId);
    // One that is there all the same is judged by a list that shows it.
    if (current === null || zpaId === null || current.found !== null) pass.unsure.add(id);
    else
      missing.push({
        kind: "MISSING",
        subject: id,
        microtenantId,
        zpaId,
        grantId: id,
        fingerprint: fingerprintOfMissing(zpaId),
        body: { microtenantName, fields: [], intended: intendedOf(current.grant), seen: null, counts: {} },
      });
  }
  return { missing, list: [] };
}

/** A grant and what stands of it in ZPA, read one after the other; null when either cannot be judged now. */
async function inPeace(
  ports: ReconcilePorts,
  grantId: string,
  zpaId: string,
): Promise<{ readonly grant: Grant; readonly found: PrivilegedApproval | null } | null> {
  const before = await readUnmoved(ports.db, grantId);
  if (before === null) return null;
  try {
    const found = await readIfThere(ports, before, zpaId, "read");
    const grant = await readUnmoved(ports.db, grantId);
    const isSettled = grant?.status === "GRANTED" && grant.changingFrom === null && grant.zpaId === zpaId && grant.end > ports.clock.now();
    return grant !== null && isSettled && JSON.stringify(grant) === JSON.stringify(before) ? { grant, found } : null;
  } catch (thrown) {
    ports.log.warn({ err: fromUnknown(thrown), grantId, zpaId }, "reconcile.not-confirmed");
    return null;
  }
}

/** What is not ours and opens something, now or later. What is over opens nothing, and is nobody's concern. */
const foreignIn = (
  approvals: readonly PrivilegedApproval[],
  { of }: Classification,
  { microtenantId, microtenantName }: Place,
  now: Date,
): readonly Found[] =>
  approvals.flatMap((found) => {
    const classed = of.get(found.id);
    if (classed?.kind !== "foreign" || found.end <= now) return [];
    const seen = termsOf(found);
    return [
      {
        kind: "FOREIGN" as const,
        subject: foreignSubject(microtenantId, found.id),
        microtenantId,
        zpaId: found.id,
        grantId: classed.grantId,
        fingerprint: fingerprintOfForeign(seen),
        body: { microtenantName, fields: [], intended: null, seen, counts: {} },
      },
    ];
  });

/** Of the foreign ones that the list lacks now: which stand all the same, or may. @returns ids of findings that are not to be closed */
async function confirmedVanished(
  ports: ReconcilePorts,
  standing: readonly Finding[],
  approvals: readonly PrivilegedApproval[],
): Promise<ReadonlySet<string>> {
  // What is in the list and no longer foreign is ours by now: that is no reason to keep the finding.
  const listed = new Set(approvals.map(({ id }) => id));
  const vanished = standing.filter(({ kind, zpaId, body, wanted }) => {
    const isOver = (body.seen?.end ?? ports.clock.now()) <= ports.clock.now();
    return kind === "FOREIGN" && wanted === null && !(zpaId !== null && listed.has(zpaId)) && !isOver;
  });
  const stays = new Set<string>();
  for (const [place, { id, zpaId, microtenantId }] of vanished.entries()) {
    if (place >= MOST_CONFIRMED || zpaId === null || (await mayStand(ports, zpaId, microtenantId))) stays.add(id);
  }
  return stays;
}

async function mayStand(ports: ReconcilePorts, zpaId: string, microtenantId: string | null): Promise<boolean> {
  try {
    const { end } = await ports.zpa.approvals.get(zpaId, { microtenantId, priority: "read" });
    return end > ports.clock.now();
  } catch (thrown) {
    return fromUnknown(thrown).code !== "zpa_not_found";
  }
}
