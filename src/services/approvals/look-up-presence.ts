import { type ErrorCode, fromUnknown } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { People } from "../directory/person.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { Approval, Holder } from "./approval.ts";
import { type HolderState, type Presence, presenceOf } from "./presence.ts";
import { holderKey, holderOfLink, person } from "./seats.ts";

/** No longer one of this workspace's full members. What is wrong with an email may be a setting of ours, and can be mended. */
const LEFT: ReadonlySet<ErrorCode> = new Set(["person_deactivated", "person_unknown", "person_is_guest", "team_not_trusted"]);

interface Concerned {
  readonly barred: readonly string[];
  readonly voiced: readonly string[];
}

interface LookUp {
  readonly people: Pick<People, "trusted" | "membersOf">;
  readonly log: Log;
}

/** Everybody whom an approval's clock may have to know about: requester and beneficiary, who sits, and who might have to. */
export const concernedBy = (approval: Approval, standIns: readonly Holder[]): readonly Holder[] => [
  person(approval.requesterUserId),
  person(approval.beneficiaryUserId),
  ...approval.seats.flatMap(({ decision, holder }) => (decision === null ? [holder] : [])),
  ...approval.config.escalationConfig.escalationChain.map(holderOfLink),
  ...standIns,
];

/**
 * Asks Slack who is here. Never throws: whoever cannot be asked about is unknown, so that an outage of Slack neither takes a seat from
 * anybody nor holds up a deadline.
 *
 * @param barred user ids of requester and beneficiary, where they may not decide: for no group either
 * @param voiced user ids of those who have a seat of their own, or have decided: for a group they do not count. One of nobody but them
 *   is `unfit`; one that is emptied by who asks, `gone`
 */
export async function lookUpPresence(
  { people, log }: LookUp,
  { teamId, holders, barred, voiced }: Concerned & { readonly teamId: string; readonly holders: readonly Holder[] },
): Promise<Presence> {
  const stateOfPerson = async (userId: string): Promise<HolderState> => {
    try {
      await people.trusted({ teamId, userId });
      return "here";
    } catch (thrown) {
      const { code } = fromUnknown(thrown);
      if (LEFT.has(code)) return "gone";
      if (isVerdictOnPerson(code)) return "unfit";
      log.warn({ err: fromUnknown(thrown), userId }, "presence.unknown");
      return "unknown";
    }
  };
  const stateOfGroup = async (groupId: string): Promise<HolderState> => {
    try {
      const members = await people.membersOf(groupId);
      const unbarred = members.filter((userId) => !barred.includes(userId));
      const state = await stateOfMembers(
        unbarred.filter((userId) => !voiced.includes(userId)),
        stateOfPerson,
      );
      if (state !== "gone" || unbarred.length < members.length) return state;
      const others = await stateOfMembers(
        unbarred.filter((userId) => voiced.includes(userId)),
        stateOfPerson,
      );
      return others === "here" ? "unfit" : others;
    } catch (thrown) {
      log.warn({ err: fromUnknown(thrown), groupId }, "presence.unknown");
      return "unknown";
    }
  };
  const distinct = new Map(holders.map((holder) => [holderKey(holder), holder]));
  const states = await Promise.all(
    [...distinct].map(
      async ([key, holder]) =>
        [key, holder.kind === "person" ? await stateOfPerson(holder.userId) : await stateOfGroup(holder.groupId)] as const,
    ),
  );
  return presenceOf(new Map(states));
}

/** One who is here will do; the others are not asked about then. A group without members, or switched off, is gone. */
async function stateOfMembers(members: readonly string[], stateOf: (userId: string) => Promise<HolderState>): Promise<HolderState> {
  const seen = new Set<HolderState>(["gone"]);
  for (const userId of members) {
    const state = await stateOf(userId);
    if (state === "here") return "here";
    seen.add(state);
  }
  return seen.has("unknown") ? "unknown" : seen.has("unfit") ? "unfit" : "gone";
}
