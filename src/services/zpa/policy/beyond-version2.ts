import { isRecord } from "../unescape-deep.ts";

/** What ZPA says of every part of a rule by itself, and makes anew with each update. */
const KEPT_BY_ZPA = ["id", "creationTime", "modifiedTime", "modifiedBy", "microtenantId", "microtenantName"] as const;
const OF_CONDITION: ReadonlySet<string> = new Set([...KEPT_BY_ZPA, "operator", "negated", "operands"]);
const OF_OPERAND: ReadonlySet<string> = new Set([...KEPT_BY_ZPA, "objectType", "lhs", "rhs", "name"]);

/**
 * What conditions as ZPA sent them hold that their shape in version 2 has no known place for.
 * @returns the first such field; null when there is none
 */
export function beyondVersion2(conditions: unknown): string | null {
  for (const condition of listed(conditions)) {
    if (!isRecord(condition)) return "conditions";
    const more = unknownIn(condition, OF_CONDITION);
    if (more !== null) return more;
    for (const operand of listed(condition.operands)) {
      const beyond = isRecord(operand) ? (unknownIn(operand, OF_OPERAND) ?? unsaidIn(operand)) : "operands";
      if (beyond !== null) return beyond;
    }
  }
  return null;
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const unknownIn = (part: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): string | null =>
  Object.entries(part).find(([key, value]) => !known.has(key) && !isEmpty(value))?.[0] ?? null;

/** An operand without a key or a value compares something that only version 1 can say. */
const unsaidIn = (operand: Readonly<Record<string, unknown>>): string | null =>
  ["lhs", "rhs"].find((key) => operand[key] === undefined || operand[key] === null) ?? null;

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
