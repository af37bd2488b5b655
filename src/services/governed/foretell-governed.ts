import { max } from "date-fns/max";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import { effectOfTime } from "../access/effect-of-time.ts";
import { alsoOpened } from "../access/load-overview.ts";
import { withoutEffect } from "../coverage/without-effect.ts";
import type { SailPointApproval, SailPointDecision, SailPointIdentity } from "../sailpoint/approval.ts";
import { ownAttributes } from "./attributes.ts";
import type { GovernedForecast } from "./governed.ts";
import { connectedSince, readGoverned } from "./governed-rows.ts";
import { interestedIn, zpaUserOf } from "./interested-in.ts";
import { judgeApproval, type Sighting } from "./judge-approval.ts";
import { addressOf } from "./person-by-email.ts";
import { type AskPorts, readGovernedAsk } from "./read-ask.ts";
import { firstSight, isSilent } from "./see-governed.ts";
import { isPassing } from "./settle-governed.ts";

export interface ForetellPorts extends AskPorts {
  readonly clock: Clock;
  /** The types on the list. */
  readonly types: readonly string[];
}

/** The one whose yes is supposed, as far as SailPoint says who that is. */
export type Decider = Pick<SailPointIdentity, "id" | "name" | "email">;

/**
 * Says what an approval that waits would open if somebody approved it now: by the judgement and the plan that grant, over a yes that is
 * supposed. Only the database and the catalog are asked; who of SailPoint's is who in Slack, and what the rules say about that person, is
 * looked at when it is approved. Null for one that becomes no access, whatever is decided.
 *
 * @param decider who would say yes; null when that is not known
 * @throws PortcullisError what says nothing about the approval, as `database_unreachable`
 */
export const foretellGoverned = (ports: ForetellPorts) => {
  const askOf = readGovernedAsk(ports);
  return async (approval: SailPointApproval, decider: Decider | null): Promise<GovernedForecast | null> => {
    const { db, clock, types, catalog } = ports;
    const { type, status } = approval;
    if (status !== "PENDING" || type === null || !types.includes(type)) return null;
    const now = clock.now();
    const known = await readGoverned(db, approval.id);
    if (known?.refusal) return { kind: "refused", refusal: known.refusal };
    if (known !== null && known.status !== "WATCHED") return null;
    const sighting = known ?? firstSight(approval, now);
    if (isSilent(approval)) return sighting.shownDigest === null ? null : { kind: "unknown" };
    const supposed = asApproved(approval, decider, sighting, now);
    try {
      const judged = judgeApproval(supposed, sighting, (await connectedSince(db, type)) ?? now);
      if (judged.kind === "refused") throw judged.error;
      if (judged.kind !== "approved") return null;
      const email = addressOf(approval.requestee ?? { email: null, type: null, name: null });
      const askedFor = { email, zpaUser: zpaUserOf(email, ports.settings) ?? email, userId: null };
      const { consoles, reason, askedTime, window, parts } = await askOf(supposed, judged, askedFor, now);
      const { isOwn } = interestedIn(approval, [askedFor.zpaUser], ports.settings);
      return {
        ...{ kind: "opens", consoles, reason, window, time: askedTime, attributeNames: Object.keys(ownAttributes(judged.attributes)) },
        needsOthers: parts.some(({ ruled }) => ruled.config.selfApproval === "OFF") && judged.deciders.every(isOwn),
        alsoOpens: alsoOpened(catalog, consoles),
        withoutEffect: await withoutEffect(ports)(consoles),
        ...effectOfTime(window, askedTime.workingHours, now),
      };
    } catch (thrown) {
      const { code, details } = fromUnknown(thrown);
      if (code === "catalog_empty") return { kind: "unknown" };
      if (isPassing(code)) throw thrown;
      return { kind: "refused", refusal: { code, params: details.params ?? {} } };
    }
  };
};

/** The same once it is approved: by a yes that comes after all that was shown. */
function asApproved(approval: SailPointApproval, decider: Decider | null, { shownSince }: Sighting, now: Date): SailPointApproval {
  const at = shownSince === null ? now : max([now, new Date(shownSince.getTime() + 1)]);
  const { id, name, email } = decider ?? { id: "", name: null, email: null };
  const yes: SailPointDecision = { identity: { ...{ id, name, email, type: "IDENTITY", serialOrder: 0, members: [] } }, at };
  return { ...approval, status: "APPROVED", completedAt: at, approvedBy: [...(approval.approvedBy ?? []), yes] };
}
