import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import { isGroupId } from "../policy/route.ts";
import type { Rules } from "../policy/rules.ts";
import { readWritten } from "../rules/rule-rows.ts";
import type { Approval } from "./approval.ts";
import type { ApprovalConfig } from "./approval-config.ts";
import { hasVoice } from "./seats.ts";

/**
 * Ids of the user groups that seats can be handed to: those that the settings, the rules of any scope or the approval itself name. A
 * group that has a voice in it already can take no other seat.
 */
export const assignableGroups =
  ({ db, settings }: { readonly db: Kysely<Database>; readonly settings: readonly string[] }) =>
  /** @param approval null where seats of several are handed over */
  async (approval: Approval | null): Promise<readonly string[]> => {
    const written = await readWritten(db);
    const ids = [...(approval === null ? [] : namedIn(approval)), ...settings, ...written.flatMap(({ rules }) => namedBy(rules))];
    return [...new Set(ids.filter(isGroupId))].filter((groupId) => approval === null || !hasVoice(approval, { kind: "group", groupId }));
  };

const namedBy = ({ approvers = [], approvalConfig }: Rules): readonly string[] => [...approvers, ...namedByConfig(approvalConfig)];

/** Frozen, its configuration may name other groups than the rules by now; and seats were with others before. */
const namedIn = ({ config, seats, reassignmentHistory }: Approval): readonly string[] => {
  const holders = [...seats.map(({ insteadOf }) => insteadOf), ...reassignmentHistory.map(({ from }) => from)];
  return [...namedByConfig(config), ...holders.flatMap((holder) => (holder?.kind === "group" ? [holder.groupId] : []))];
};

const namedByConfig = ({ escalationConfig, serialChain, fallbackApprover }: ApprovalConfig): readonly string[] => [
  ...[...serialChain, ...escalationConfig.escalationChain].map(({ identityId }) => identityId),
  ...(fallbackApprover ? [fallbackApprover.identityID] : []),
];
