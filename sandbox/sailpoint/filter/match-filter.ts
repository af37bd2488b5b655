import { holds, type StoredApproval, type Tenant } from "../tenant.ts";
import { type ParsedFilter, timeFields } from "./parse-filter.ts";

/** Whether an approval passes a filter. */
export function matches(tenant: Tenant, approval: StoredApproval, filter: ParsedFilter): boolean {
  switch (filter.kind) {
    case "and":
      return filter.of.every((part) => matches(tenant, approval, part));
    case "or":
      return filter.of.some((part) => matches(tenant, approval, part));
    case "not":
      return !matches(tenant, approval, filter.of);
    case "compare":
      return compares(tenant, approval, filter);
  }
}

type Comparison = ParsedFilter & { readonly kind: "compare" };

function compares(tenant: Tenant, approval: StoredApproval, { field, operator, values }: Comparison): boolean {
  const isTime = timeFields.includes(field) && operator !== "co" && operator !== "sw";
  const own = textsOf(tenant, approval, field);
  const passes = (mine: string, wanted: string): boolean =>
    isTime
      ? comparesNumbers(Date.parse(mine), operator, Date.parse(wanted))
      : comparesTexts(mine.toLowerCase(), operator, wanted.toLowerCase());
  if (operator === "ne") return !own.some((mine) => values.some((wanted) => passes(mine, wanted)));
  if (field === "approverId" && (operator === "eq" || operator === "in"))
    return values.some((wanted) => approval.seats.some(({ holder }) => holder.id === wanted || holds(tenant, holder, wanted)));
  return own.some((mine) => values.some((wanted) => passes(mine, wanted)));
}

/** `ne` asks for none that is equal. */
function comparesTexts(mine: string, operator: string, wanted: string): boolean {
  if (operator === "co") return mine.includes(wanted);
  if (operator === "sw") return mine.startsWith(wanted);
  return mine === wanted;
}

function comparesNumbers(mine: number, operator: string, wanted: number): boolean {
  switch (operator) {
    case "gt":
      return mine > wanted;
    case "ge":
      return mine >= wanted;
    case "lt":
      return mine < wanted;
    case "le":
      return mine <= wanted;
    default:
      return mine === wanted;
  }
}

/** All that an approval has of a field: several of some. */
function textsOf(tenant: Tenant, approval: StoredApproval, field: string): readonly string[] {
  const { references, targets, seats, created, due, completed, modified } = approval;
  const instant = (at: Date | null): readonly string[] => (at === null ? [] : [at.toISOString()]);
  switch (field) {
    case "approvalId":
      return [approval.id];
    case "tenantId":
      return [tenant.id];
    case "status":
    case "name":
    case "priority":
    case "type":
    case "description":
    case "requesterId":
    case "requesteeId":
      return [approval[field]];
    case "medium":
      return ["EMAIL"];
    case "batchId":
      return approval.batch === null ? [] : [approval.batch.batchId];
    case "search":
      return [approval.name, approval.description];
    case "referenceId":
      return references.map(({ id }) => id);
    case "referenceType":
      return references.map(({ type }) => type);
    case "referenceName":
      return references.flatMap(({ name }) => (name === undefined ? [] : [name]));
    case "requestedTargetId":
      return targets.map(({ id }) => id);
    case "requestedTargetName":
      return targets.map(({ name }) => name);
    case "requestedTargetType":
      return targets.map(({ targetType }) => targetType);
    case "requestedTargetRequestType":
      return targets.map(({ requestType }) => requestType);
    case "approverId":
      return seats.map(({ holder }) => holder.id);
    case "createdDate":
      return instant(created);
    case "modifiedDate":
      return instant(modified);
    case "dueDate":
      return instant(due);
    case "completedDate":
      return instant(completed);
    case "decisionDate":
      return seats.flatMap(({ decision }) => instant(decision?.at ?? null));
    default:
      throw new Error(`The parser let ${field} through.`);
  }
}
