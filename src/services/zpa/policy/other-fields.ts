import { isRecord } from "../unescape-deep.ts";

/** What {@link PolicyRule} has names of its own for, and what ZPA keeps of every rule by itself. */
const STANDARD: ReadonlySet<string> = new Set([
  ...["id", "name", "description", "action", "actionId", "customMsg", "ruleOrder", "priority", "disabled", "operator", "conditions"],
  ...["defaultRule", "defaultRuleName", "restrictedEntity", "readOnly", "zscalerManaged", "microtenantId", "microtenantName"],
  ...["policySetId", "policyType", "creationTime", "modifiedTime", "modifiedBy", "auditMessage"],
]);

type Fields = Readonly<Record<string, unknown>>;

/** What a rule says beyond the terms that all rules have: `credential`, `privilegedCapabilities`, what a later version of ZPA adds. */
export const otherFields = (raw: Fields): Fields =>
  Object.fromEntries(Object.entries(raw).filter(([key, value]) => !STANDARD.has(key) && !isUnsaid(value)));

/** Whether ZPA has what was sent. It may say more, such as the name beside an id, and leave out what is empty or off. */
export function holds(read: unknown, sent: unknown): boolean {
  if (isUnsaid(sent)) return isUnsaid(read);
  if (Array.isArray(sent))
    return Array.isArray(read) && read.length === sent.length && sent.every((each) => read.some((other) => holds(other, each)));
  if (isRecord(sent)) return isRecord(read) && Object.entries(sent).every(([key, value]) => holds(read[key], value));
  return ["string", "number", "bigint", "boolean"].includes(typeof read) && String(read) === String(sent);
}

/** Whether a field says nothing, or no. */
const isUnsaid = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.values(value).every(isUnsaid));
