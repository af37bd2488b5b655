import { ApprovalConfig } from "../approvals/approval-config.ts";
import { Rules } from "../policy/rules.ts";
import type { SailPointConfig } from "./sailpoint-client.ts";

/**
 * What both sides mean alike. Chains, escalations and the fallback name people by ids that the other side does not know, and
 * `circumventApprovalProcess` is for machines there and for everybody here: none of these is ever carried over.
 */
const carried = ["requiresComment", "autoApprove", "timeoutConfig", "reminderConfig", "cronTimezone"] as const;
type Carried = (typeof carried)[number];

/** Beside what is carried: says where it counts, and nothing of how. */
const placeOnly: readonly string[] = ["id", "scope", "tenantId"];

/** What a configuration says of {@link carried}, with every default filled in, so that two can be compared. */
export type CarriedConfig = Partial<Pick<ApprovalConfig, Carried>>;

export interface Carrying {
  readonly config: CarriedConfig;
  /** Names of what stays behind: `serialChain`, `approvers`, … */
  readonly left: readonly string[];
}

/** What SailPoint's configuration gives to ours. A part that our engine cannot keep, such as a schedule that never comes, stays behind. */
export function fromSailPoint(theirs: SailPointConfig): Carrying {
  const parts = carried.map((field) => ({ field, read: ApprovalConfig.safeParse({ [field]: theirs[field] }) }));
  const config = Object.fromEntries(parts.flatMap(({ field, read }) => (read.success ? [[field, read.data[field]]] : [])));
  const unreadable = parts.flatMap(({ field, read }) => (read.success ? [] : [field]));
  return { config, left: [...unreadable, ...leftIn(theirs)] };
}

/**
 * What our rules give to SailPoint's configuration.
 * @param shown rules of one scope, as they are shown: what says no more than the default is left out
 */
export function fromRules(shown: Readonly<Record<string, unknown>>): Carrying {
  const { approvalConfig } = Rules.parse(shown);
  const config = Object.fromEntries(carried.map((field) => [field, approvalConfig[field]]));
  const others = Object.keys(shown).filter((name) => name !== "approvalConfig");
  return { config, left: [...others, ...leftIn(approvalConfig).map((name) => `approvalConfig.${name}`)] };
}

/** Our rules with what SailPoint gave. */
export const takenOver = (shown: Readonly<Record<string, unknown>>, config: CarriedConfig): Readonly<Record<string, unknown>> => ({
  ...shown,
  approvalConfig: { ...Rules.parse(shown).approvalConfig, ...config },
});

const leftIn = (config: SailPointConfig): readonly string[] =>
  Object.keys(config).filter(
    (name) => !(carried as readonly string[]).includes(name) && !placeOnly.includes(name) && !saysNothing(name, config[name]),
  );

/** Off, empty, or absent: nothing is lost with it. */
function saysNothing(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "" || value === "OFF") return true;
  if (Array.isArray(value)) return value.length === 0;
  return name === "escalationConfig" && typeof value === "object" && (!("enabled" in value) || value.enabled === false);
}

/**
 * SailPoint's configuration with what we gave laid over it, part by part: what we do not know stays as it is. An empty schedule or zone is none, and
 * is left out.
 */
export function laidOver(theirs: SailPointConfig, config: CarriedConfig): SailPointConfig {
  const parts = Object.entries(config).map(([field, value]) => {
    const before = theirs[field];
    if (typeof value !== "object") return [field, value];
    const merged = { ...(typeof before === "object" ? before : {}), ...value };
    return [field, Object.fromEntries(Object.entries(merged).filter(([, each]) => each !== ""))];
  });
  return { ...theirs, ...Object.fromEntries(parts) };
}
