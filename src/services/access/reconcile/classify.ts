import type { PrivilegedApproval } from "../../zpa/zpa-client.ts";
import { alignedAt } from "../crons-of-grant.ts";
import type { Grant } from "../grant.ts";
import { segmentKey } from "../grant-rows.ts";
import { type Attempt, differences, draftOf, effectsOf, inOrder, isUnknown } from "../matching.ts";

/** A grant with what was ever sent for it, as far as the tenant's list may show it. */
export interface OurGrant {
  readonly grant: Grant;
  readonly attempts: readonly Attempt[];
  /** Something is being done with it, or was since the list was asked for: an older list says nothing about it. */
  readonly isMoving: boolean;
}

/** What one privileged approval of the tenant is. */
export type Classed =
  | { readonly kind: "as-intended"; readonly grantId: string }
  | { readonly kind: "changed"; readonly grantId: string; readonly fields: readonly string[] }
  /** One of several effects of a grant that stands, and the id that is to stay. */
  | { readonly kind: "twin"; readonly grantId: string; readonly keptId: string }
  /** Ours, of a grant that is over or failed, and open still. */
  | { readonly kind: "leftover"; readonly grantId: string }
  /** Ours, and over: it opens nothing. */
  | { readonly kind: "expired"; readonly grantId: string }
  | { readonly kind: "moving"; readonly grantId: string }
  /** `grantId` where it was ours once: the grant is over, and somebody has opened it again. */
  | { readonly kind: "foreign"; readonly grantId: string | null };

export interface Classification {
  readonly of: ReadonlyMap<string, Classed>;
  /** Grants that stand by our word, and are not in the list. */
  readonly absent: readonly Grant[];
}

/**
 * Says of every privileged approval of one microtenant what it is, and which grants are not among them. Pure.
 *
 * @param tenant what ZPA listed
 * @param ours every grant that an id or an attempt without a known answer ties to one of those, and every grant that stands
 */
export function classify(tenant: readonly PrivilegedApproval[], ours: readonly OurGrant[], now: Date): Classification {
  const of = new Map<string, Classed>();
  const absent: Grant[] = [];
  const ownIds = new Set(ours.flatMap(({ grant }) => (grant.zpaId === null ? [] : [grant.zpaId])));
  const byId = new Map(tenant.map((found) => [found.id, found]));
  const candidates = Map.groupBy(tenant, termsKey);
  for (const our of ours.toSorted((a, b) => (a.grant.id < b.grant.id ? -1 : 1))) {
    const { grant } = our;
    const recorded = grant.zpaId === null || of.has(grant.zpaId) ? undefined : byId.get(grant.zpaId);
    const lost = our.attempts.filter(isUnknown);
    const near = lost.flatMap(
      (attempt) => candidates.get(termsKey({ ...attempt, segmentIds: attempt.segmentKey.split(","), emailIds: [attempt.email] })) ?? [],
    );
    const late = effectsOf([...new Set(near)], lost).filter(({ id }) => !ownIds.has(id) && !of.has(id));
    for (const [id, classed] of classesOf(our, recorded, late, now)) of.set(id, classed);
    const isPresent = recorded !== undefined || late.length > 0;
    if (!isPresent && grant.status === "GRANTED" && !our.isMoving && grant.end > now) absent.push(grant);
  }
  for (const { id } of tenant) if (!of.has(id)) of.set(id, { kind: "foreign", grantId: null });
  return { of, absent };
}

/** What a look at each attempt would cost for a tenant of thousands. */
const termsKey = (terms: Pick<PrivilegedApproval, "emailIds" | "segmentIds" | "start" | "end">): string =>
  [terms.emailIds.join(",").toLowerCase(), segmentKey(terms.segmentIds), terms.start.getTime(), terms.end.getTime()].join("|");

function classesOf(
  { grant, isMoving }: OurGrant,
  recorded: PrivilegedApproval | undefined,
  late: readonly PrivilegedApproval[],
  now: Date,
): ReadonlyMap<string, Classed> {
  const grantId = grant.id;
  const all = recorded === undefined ? late : [recorded, ...late];
  const each = (classed: (found: PrivilegedApproval) => Classed) => new Map(all.map((found) => [found.id, classed(found)] as const));
  if (isMoving || grant.status === "PLANNED" || grant.status === "ENDING" || grant.changingFrom !== null)
    return each(() => ({ kind: "moving", grantId }));
  if (grant.status !== "GRANTED")
    return each((found) => {
      if (found.end <= now) return { kind: "expired", grantId };
      const isOurs = found !== recorded || changedFields(found, grant, now).length === 0;
      return isOurs ? { kind: "leftover", grantId } : { kind: "foreign", grantId };
    });
  if (late.length > 0) {
    const keptId = all.map(({ id }) => id).reduce((a, b) => inOrder(a, b)[0]);
    return each(() => ({ kind: "twin", grantId, keptId }));
  }
  return each((found) => {
    const fields = changedFields(found, grant, now);
    return fields.length === 0 ? { kind: "as-intended", grantId } : { kind: "changed", grantId, fields };
  });
}

/**
 * In which fields a privileged approval is not what its grant says. Crons count as intended, too, where they are those that a
 * realignment which is due would write.
 */
export function changedFields(found: PrivilegedApproval, grant: Grant, now: Date): readonly string[] {
  const fields = differences(found, draftOf(grant));
  return fields.length === 0 || differences(found, draftOf(alignedAt(grant, now))).length === 0 ? [] : fields;
}

/** Ids that are deleted without asking anybody: what our own lost attempts left behind, and nothing else. */
export const deletable = ({ of }: Classification): readonly string[] =>
  [...of].flatMap(([id, classed]) => (classed.kind === "leftover" || (classed.kind === "twin" && classed.keptId !== id) ? [id] : []));
