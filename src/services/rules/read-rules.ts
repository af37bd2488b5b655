import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import { type PlacedConsole, type StoredRules, scopesOf } from "../policy/resolve-rules.ts";
import { SCOPES, type Scope } from "../policy/rules.ts";

/**
 * The stored rules that have a say in these consoles, in one question to the database. Of a console whose segment group is not known any
 * group's rules may be meant, so those come along.
 */
export async function readRulesFor(db: Kysely<Database>, consoles: readonly PlacedConsole[]): Promise<readonly StoredRules[]> {
  const wanted = Map.groupBy(consoles.flatMap(scopesOf), ({ scope }) => scope);
  const isGroupUnknown = consoles.some(({ segmentGroupId }) => segmentGroupId === null);
  const rows = await db
    .selectFrom("approval_rules")
    .select(["scope", "scope_id", "revision", "body"])
    .where((where) =>
      where.or([
        ...[...wanted].map(([scope, keys]) =>
          where.and([where("scope", "=", scope), where("scope_id", "in", [...new Set(keys.map(({ scopeId }) => scopeId))])]),
        ),
        ...(isGroupUnknown ? [where("scope", "=", "SEGMENT_GROUP" satisfies Scope)] : []),
      ]),
    )
    .execute();
  return rows.flatMap(({ scope: stored, scope_id: scopeId, revision, body }) => {
    const scope = SCOPES.find((known) => known === stored);
    return scope === undefined ? [] : [{ scope, scopeId, revision, body }];
  });
}
