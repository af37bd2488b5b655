import { PortcullisError } from "../../errors.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { NameOf } from "../directory/names.ts";
import type { People } from "../directory/person.ts";
import { type AskedUnderRules, namedGroups, refusalByRules, refusalOfTerms } from "../policy/check-against-rules.ts";
import type { RulesGroup } from "../policy/resolve-rules.ts";

/**
 * Holds a request against the rules of each of its parts; Slack is asked once which of the named groups the requester is in. What one
 * part's rules refuse refuses the whole request: a person gets all that they asked for, or hears why not.
 *
 * @throws PortcullisError `ask_not_allowed` | `ask_for_others_not_allowed` | `window_over_rules` | `ticket_missing`, each at its field
 */
export async function checkParts(
  { people, nameOf }: { readonly people: Pick<People, "groupsOf">; readonly nameOf: NameOf },
  parts: readonly RulesGroup<CatalogConsole>[],
  asked: Omit<AskedUnderRules, "requesterGroupIds">,
): Promise<void> {
  const groups = [...new Set(parts.flatMap(({ rules }) => namedGroups(rules)))];
  const requesterGroupIds = groups.length === 0 ? [] : await people.groupsOf(asked.requesterUserId, groups);
  for (const { rules, consoles } of parts) {
    const refusal = refusalByRules(rules, { ...asked, requesterGroupIds });
    if (refusal === null) continue;
    const { code, field, params, insteadIds = [] } = refusal;
    const who = await Promise.all(insteadIds.map(nameOf));
    const named = { consoles: consoles.map(({ name }) => name).join(", "), who: who.join(", ") };
    throw new PortcullisError(code, { field, params: { ...params, ...named } });
  }
}

/**
 * The same as far as nobody has to be asked who somebody is: for how long, with which ticket.
 * @throws PortcullisError `window_over_rules` | `ticket_missing`, each at its field
 */
export function checkTermsOfParts(
  parts: readonly RulesGroup<CatalogConsole>[],
  asked: Pick<AskedUnderRules, "windowMilliseconds" | "reason">,
): void {
  for (const { rules, consoles } of parts) {
    const refusal = refusalOfTerms(rules, asked);
    if (refusal === null) continue;
    const { code, field, params } = refusal;
    throw new PortcullisError(code, { field, params: { ...params, consoles: consoles.map(({ name }) => name).join(", ") } });
  }
}
