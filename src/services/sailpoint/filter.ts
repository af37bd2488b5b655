import { PortcullisError } from "../../errors.ts";

/** What SailPoint can compare as a text. `search` looks into more than one field; which ones is not documented. `tenantId`: `v2025-seed` alone. */
export type TextField =
  | "approvalId"
  | "approverId"
  | "batchId"
  | "description"
  | "medium"
  | "name"
  | "priority"
  | "referenceId"
  | "referenceName"
  | "referenceType"
  | "requestedTargetId"
  | "requestedTargetName"
  | "requestedTargetRequestType"
  | "requestedTargetType"
  | "requesteeId"
  | "requesterId"
  | "search"
  | "status"
  | "tenantId"
  | "type";

export type TimeField = "completedDate" | "createdDate" | "decisionDate" | "dueDate" | "modifiedDate";

/** `co` contains, `sw` starts with. Texts compare without regard to case, mostly. */
type TextOperator = "eq" | "ne" | "co" | "sw";
type TimeOperator = "eq" | "ne" | "gt" | "ge" | "lt" | "le";

export type Filter =
  | { readonly kind: "text"; readonly field: TextField; readonly operator: TextOperator; readonly value: string }
  | { readonly kind: "among"; readonly field: TextField; readonly values: readonly string[] }
  | { readonly kind: "time"; readonly field: TimeField; readonly operator: TimeOperator; readonly instant: Date }
  | { readonly kind: "and" | "or"; readonly of: readonly Filter[] }
  | { readonly kind: "not"; readonly of: Filter };

export const isText = (field: TextField, operator: TextOperator, value: string): Filter => ({ kind: "text", field, operator, value });
export const isAmong = (field: TextField, values: readonly string[]): Filter => ({ kind: "among", field, values });
export const isTime = (field: TimeField, operator: TimeOperator, instant: Date): Filter => ({ kind: "time", field, operator, instant });
export const allOf = (...of: readonly Filter[]): Filter => ({ kind: "and", of });
export const anyOf = (...of: readonly Filter[]): Filter => ({ kind: "or", of });
export const not = (of: Filter): Filter => ({ kind: "not", of });

/**
 * A filter in SailPoint's grammar ("Standard collection parameters"): texts in double quotes with `\"` and `\\`, composites in parentheses.
 *
 * @throws PortcullisError `invalid_input` for a list of nothing, or a text with half a character, which no URL can carry
 * @example
 * printFilter(allOf(isText("status", "eq", "PENDING"), isAmong("approvalId", ["a", "b"])))
 * // (status eq "PENDING" and approvalId in ("a","b"))
 */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case "text":
      return `${filter.field} ${filter.operator} ${quoted(filter.value)}`;
    case "among":
      return `${filter.field} in (${some(filter.values).map(quoted).join(",")})`;
    case "time":
      return `${filter.field} ${filter.operator} ${quoted(filter.instant.toISOString())}`;
    case "not":
      return `not (${printFilter(filter.of)})`;
    case "and":
    case "or":
      return `(${some(filter.of).map(printFilter).join(` ${filter.kind} `)})`;
  }
}

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new PortcullisError("invalid_input", { params: { problem: "the text ends in half a character" } });
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function some<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length === 0) throw new PortcullisError("invalid_input", { params: { problem: "a filter of nothing" } });
  return items;
}
