import { badRequest } from "../refusal.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** SailPoint's grammar of `filters`, as far as approvals take it: `not` before `and` before `or`, parentheses, `in (…)`. */
export type ParsedFilter =
  | { readonly kind: "compare"; readonly field: string; readonly operator: string; readonly values: readonly string[] }
  | { readonly kind: "and" | "or"; readonly of: readonly ParsedFilter[] }
  | { readonly kind: "not"; readonly of: ParsedFilter };

const textOperators: readonly string[] = ["eq", "ne", "in", "co", "sw"];
const timeOperators: readonly string[] = [...textOperators, "gt", "ge", "lt", "le"];

const texts = [
  "status",
  "name",
  "priority",
  "type",
  "medium",
  "description",
  "batchId",
  "search",
  "referenceId",
  "referenceType",
  "referenceName",
  "requestedTargetId",
  "requestedTargetType",
  "requestedTargetRequestType",
  "approvalId",
  "requesterId",
  "requesteeId",
  "approverId",
];
export const timeFields: readonly string[] = ["createdDate", "dueDate", "completedDate", "modifiedDate", "decisionDate"];

/** Each contract has one field that the other has not. */
const ownField = { seed: "tenantId", current: "requestedTargetName" } as const;

/** @throws SailPointRefusal 400 for what is not of the grammar, an unknown field, or an operator that the field does not take */
export function parseFilter(text: string, contract: "seed" | "current"): ParsedFilter {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const isWord = (word: string): boolean => peek()?.kind === "word" && peek()?.text === word;
  const isMark = (mark: string): boolean => peek()?.kind === "mark" && peek()?.text === mark;
  const next = (): Token => {
    const token = tokens[at];
    at += 1;
    if (token === undefined) throw badRequest(`The filter ends too early: ${text}`);
    return token;
  };
  const expectMark = (mark: string): void => {
    const token = next();
    if (token.kind !== "mark" || token.text !== mark) throw badRequest(`Expected ${mark} in the filter, not ${token.text}`);
  };

  const composite = (kind: "and" | "or", part: () => ParsedFilter): ParsedFilter => {
    const of = [part()];
    while (isWord(kind)) {
      next();
      of.push(part());
    }
    const [only, ...more] = of;
    return only !== undefined && more.length === 0 ? only : { kind, of };
  };
  const either = (): ParsedFilter => composite("or", both);
  const both = (): ParsedFilter => composite("and", negated);
  const negated = (): ParsedFilter => {
    if (!isWord("not")) return single();
    next();
    return { kind: "not", of: negated() };
  };
  const single = (): ParsedFilter => {
    if (!isMark("(")) return comparison();
    next();
    const inside = either();
    expectMark(")");
    return inside;
  };
  const comparison = (): ParsedFilter => {
    const field = next();
    const operator = next();
    if (field.kind !== "word" || operator.kind !== "word") throw badRequest(`A field and an operator are expected: ${text}`);
    refuseUnsupported(field.text, operator.text, contract);
    const values = operator.text === "in" ? list() : [value()];
    if (timeFields.includes(field.text)) values.forEach(refuseNoInstant);
    return { kind: "compare", field: field.text, operator: operator.text, values };
  };
  const value = (): string => {
    const token = next();
    if (token.kind === "mark") throw badRequest(`A value is expected in the filter, not ${token.text}`);
    return token.text;
  };
  const list = (): string[] => {
    expectMark("(");
    const values = [value()];
    while (isMark(",")) {
      next();
      values.push(value());
    }
    expectMark(")");
    return values;
  };

  const parsed = either();
  if (at < tokens.length) throw badRequest(`The filter goes on where it should end: ${text}`);
  return parsed;
}

function refuseUnsupported(field: string, operator: string, contract: "seed" | "current"): void {
  const isTime = timeFields.includes(field);
  if (!isTime && !texts.includes(field) && field !== ownField[contract]) throw badRequest(`Filtering by ${field} is not supported`);
  if (!(isTime ? timeOperators : textOperators).includes(operator)) throw badRequest(`${field} does not support the operator ${operator}`);
}

/** What starts or contains is compared as a text. */
function refuseNoInstant(value: string): void {
  if (!/^\d/.test(value)) throw badRequest(`${value} is no RFC 3339 instant`);
}
