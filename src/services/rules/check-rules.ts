import { PortcullisError } from "../../errors.ts";
import { problemsIn } from "../approvals/approval-config.ts";
import { isGroupId } from "../policy/route.ts";
import { Rules } from "../policy/rules.ts";

/**
 * Reads rules as an administrator wrote them. Stricter than an approval reads its own: a key that is not known is a typing mistake that
 * would silently leave a rule out, a name must be one that Slack can have, and nobody is named twice.
 *
 * @throws PortcullisError `rules_invalid` with `params.problem`: path and sentence of everything that is wrong
 */
export function checkRules(written: unknown): Rules {
  const parsed = Rules.safeParse(written ?? {});
  const problems = [...(parsed.success ? [] : [problemsIn(parsed.error)]), ...unknownKeys(written, [], KNOWN)];
  if (!parsed.success || problems.length > 0)
    throw new PortcullisError("rules_invalid", { field: "rules", params: { problem: problems.join("; ") } }, { cause: parsed.error });
  const rules = parsed.data;
  const faults = [...nameFaults(rules), ...repeats(rules), ...hourFaults(rules)];
  if (faults.length > 0) throw new PortcullisError("rules_invalid", { field: "rules", params: { problem: faults.join("; ") } });
  return rules;
}

/** Keys that mean something where the schema is lenient, as SailPoint's bodies are. `null`: anything may stand there. */
type Known = { readonly [key: string]: Known } | { readonly each: Known } | null;

const LINK: Known = { identityId: null, identityType: null };
const KNOWN: Known = {
  approvalConfig: {
    reminderConfig: { enabled: null, daysUntilFirstReminder: null, reminderCronSchedule: null, maxReminders: null },
    escalationConfig: { enabled: null, daysUntilFirstEscalation: null, escalationCronSchedule: null, escalationChain: { each: LINK } },
    timeoutConfig: { enabled: null, daysUntilTimeout: null, timeoutResult: null },
    cronTimezone: { location: null, offset: null },
    serialChain: { each: LINK },
    requiresComment: null,
    fallbackApprover: { identityID: null, type: null },
    circumventApprovalProcess: null,
    autoApprove: null,
    selfApproval: null,
  },
  criteria: {
    type: null,
    approval: { calculationType: null, value: null },
    rejection: { calculationType: null, value: null },
  },
};

function unknownKeys(value: unknown, path: readonly (string | number)[], known: Known): string[] {
  if (known === null || typeof value !== "object" || value === null) return [];
  if ("each" in known) return Array.isArray(value) ? value.flatMap((each, index) => unknownKeys(each, [...path, index], known.each)) : [];
  return Object.entries(value).flatMap(([key, below]) => {
    const next = known[key];
    if (next !== undefined) return unknownKeys(below, [...path, key], next);
    // Above the lenient parts the schema itself speaks of what it does not know.
    return path.length === 0 ? [] : [`${[...path, key].join(".")}: there is no such key`];
  });
}

const SLACK_NAME = /^[UWS][A-Z0-9]{2,}$/;

/** Everybody whom the lenient part names: where, who, and as what. */
function namesIn({ approvalConfig: { escalationConfig, serialChain, fallbackApprover } }: Rules) {
  const links = [
    ...escalationConfig.escalationChain.map((link, index) => ({
      ...link,
      path: `approvalConfig.escalationConfig.escalationChain.${index}`,
    })),
    ...serialChain.map((link, index) => ({ ...link, path: `approvalConfig.serialChain.${index}` })),
  ].map(({ path, identityId, identityType }) => ({ path: `${path}.identityId`, id: identityId, type: identityType }));
  if (!fallbackApprover) return links;
  const { identityID: id, type } = fallbackApprover;
  return [...links, { path: "approvalConfig.fallbackApprover.identityID", id, type }];
}

function nameFaults(rules: Rules): string[] {
  return namesIn(rules).flatMap(({ path, id, type }) => {
    if (!SLACK_NAME.test(id)) return [`${path}: must be a Slack user id (U… or W…) or user-group id (S…)`];
    // Read as a person, a group would be nobody, and its seat would wait for ever.
    if (isGroupId(id) !== (type === "GOVERNANCE_GROUP"))
      return [`${path}: ${id} is a ${isGroupId(id) ? "user group: say GOVERNANCE_GROUP" : "person: say IDENTITY"} as its type`];
    return [];
  });
}

function repeats({ approvers = [], notify, ask, approvalConfig }: Rules): string[] {
  const lists: Readonly<Record<string, readonly string[]>> = {
    approvers,
    notify,
    "ask.who": ask.who ?? [],
    "ask.forOthers": ask.forOthers ?? [],
    "approvalConfig.serialChain": approvalConfig.serialChain.map(({ identityId }) => identityId),
    "approvalConfig.escalationConfig.escalationChain": approvalConfig.escalationConfig.escalationChain.map(({ identityId }) => identityId),
  };
  return Object.entries(lists).flatMap(([path, ids]) => {
    const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
    return repeated === undefined ? [] : [`${path}: names ${repeated} twice`];
  });
}

const hourFaults = ({ quietHours }: Rules): string[] =>
  quietHours !== undefined && quietHours.start === quietHours.end ? ["quietHours: start and end are the same time"] : [];
