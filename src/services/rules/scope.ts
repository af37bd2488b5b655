import { PortcullisError } from "../../errors.ts";
import { APPROVAL_TYPE, SCOPES, type ScopeKey } from "../policy/rules.ts";

const WIDEST_FIRST = SCOPES.toReversed();

/** Widest scope first, ids in order: the order of every list. */
export function byScope(one: ScopeKey, other: ScopeKey): number {
  const scopes = WIDEST_FIRST.indexOf(one.scope) - WIDEST_FIRST.indexOf(other.scope);
  if (scopes !== 0) return scopes;
  return one.scopeId < other.scopeId ? -1 : Number(one.scopeId > other.scopeId);
}

/** `TENANT`, `MICROTENANT 77`: how the ledger and the command line name a scope. */
export const scopeName = ({ scope, scopeId }: ScopeKey): string => (scopeId === "" ? scope : `${scope} ${scopeId}`);

export const sameScope = (one: ScopeKey, other: ScopeKey): boolean => one.scope === other.scope && one.scopeId === other.scopeId;

const ZPA_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * A scope whose rules can be written.
 * @throws PortcullisError `scope_frozen` for a single approval: its rules were frozen when it was opened (SailPoint: they cannot be
 *   deleted, either) | `scope_invalid`
 */
export function editableScope({ scope, scopeId }: ScopeKey): ScopeKey {
  const invalid = (problem: string) => new PortcullisError("scope_invalid", { field: "rulesScope", params: { problem } });
  switch (scope) {
    case "APPROVAL_REQUEST":
      throw new PortcullisError("scope_frozen");
    case "TENANT":
      if (scopeId !== "") throw invalid("the tenant has no id");
      break;
    case "APPROVAL_TYPE":
      if (scopeId !== APPROVAL_TYPE) throw invalid(`the one approval type here is ${APPROVAL_TYPE}`);
      break;
    case "MICROTENANT":
    case "SEGMENT_GROUP":
    case "APPLICATION_SEGMENT":
      if (!ZPA_ID.test(scopeId)) throw invalid("an id of ZPA is missing");
  }
  return { scope, scopeId };
}
