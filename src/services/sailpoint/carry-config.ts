import { ApprovalConfig } from "../approvals/approval-config.ts";
import { Rules } from "../policy/rules.ts";
import type { SailPointConfig } from "./sailpoint-client.ts";

/**
 * What both sides mean alike. Chains, escalations and the fallback name people by ids that the other side does not know, and
 * `circumventApprovalProcess` is for machines there and for everybody here: none of these is ever carried over.
 */
const carried = ["requiresComment", "autoApprove", "timeoutConfig", "reminderConfig", "cronTimezone"] as const;

/** Beside what is carried: says where it counts, and nothing of how. */
const placeOnly: readonly string[] = ["id", "scope", "tenantId"];

const standard: SailPointConfig = ApprovalConfig.parse({});

/** What a configuration says of {@link carried}, with every default filled in, so that two can be compared. */
export type CarriedConfig = Readonly<Record<string, unknown>>;

interface Carrying {
  readonly config: CarriedConfig;
  /** Names of what stays behind: `serialChain`, `reminderConfig.later`, `approvers`, … */
  readonly left: readonly string[];
}

/** What SailPoint's configuration gives to ours. A part that our engine cannot keep, such as a schedule that never comes, stays behind. */
export function fromSailPoint(theirs: SailPointConfig): Carrying {
  const parts = carried.map((field) => ({ field, read: ApprovalConfig.safeParse({ [field]: theirs[field] }) }));
  const config = Object.fromEntries(parts.flatMap(({ field, read }) => (read.success ? [[field, known(field, read.data[field])]] : [])));
  const unreadable = parts.flatMap(({ field, read }) => (read.success ? [] : [field]));
  return { config, left: [...unreadable, ...leftIn(theirs)] };
}

/**
 * What our rules give to SailPoint's configuration.
 * @param shown rules of one scope, as they are shown: what says no more than the default is left out
 */
export function fromRules(shown: Readonly<Record<string, unknown>>): Carrying {
  const { approvalConfig } = Rules.parse(shown);
  const config = Object.fromEntries(carried.map((field) => [field, known(field, approvalConfig[field])]));
  const others = Object.keys(shown).filter((name) => name !== "approvalConfig");
  return { config, left: [...others, ...leftIn(approvalConfig).map((name) => `approvalConfig.${name}`)] };
}

/** Our rules with what SailPoint gave. */
export const takenOver = (shown: Readonly<Record<string, unknown>>, config: CarriedConfig): Readonly<Record<string, unknown>> => ({
  ...shown,
  approvalConfig: laidOver(Rules.parse(shown).approvalConfig, config),
});

/**
 * A configuration with what was carried laid over it, part by part: what the other side does not know stays as it is. An empty schedule or zone is
 * none, and is left out.
 */
export function laidOver(base: SailPointConfig, config: CarriedConfig): SailPointConfig {
  const parts = Object.entries(config).map(([field, value]) => {
    if (!isObject(value)) return [field, value];
    const before = base[field];
    const merged = { ...(isObject(before) ? before : {}), ...value };
    return [field, Object.fromEntries(Object.entries(merged).filter(([, each]) => each !== ""))];
  });
  return { ...base, ...Object.fromEntries(parts) };
}

/** Of a part only what both know. */
function known(field: string, value: unknown): unknown {
  const names = isObject(standard[field]) ? Object.keys(standard[field]) : [];
  return isObject(value) ? Object.fromEntries(names.map((name) => [name, value[name]])) : value;
}

function leftIn(config: SailPointConfig): readonly string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    if ((carried as readonly string[]).includes(name)) return unknownIn(name, value);
    return placeOnly.includes(name) || saysNothing(name, value) ? [] : [name];
  });
}

function unknownIn(field: string, value: unknown): readonly string[] {
  const part = standard[field];
  if (!isObject(value) || !isObject(part)) return [];
  return Object.keys(value).flatMap((name) => (name in part ? [] : [`${field}.${name}`]));
}

/** Off, empty, or absent: nothing is lost with it. */
function saysNothing(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "" || value === "OFF") return true;
  if (Array.isArray(value)) return value.length === 0;
  return name === "escalationConfig" && isObject(value) && value.enabled !== true;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
