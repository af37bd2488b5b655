import type { Kysely } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { checkWidenedTerms } from "../access/check-changed-terms.ts";
import { checkTermsOfParts } from "../access/check-parts.ts";
import { divideRequest } from "../access/divide-request.ts";
import type { Catalog, CatalogConsole } from "../catalog/catalog.ts";
import type { Person } from "../directory/person.ts";
import { checkAsk, REASON_MAX_LENGTH } from "../policy/ask.ts";
import type { RulesGroup } from "../policy/resolve-rules.ts";
import { type Route, routeFor } from "../policy/route.ts";
import type { SailPointApproval, SailPointIdentity } from "../sailpoint/approval.ts";
import { requestedLength, windowAt } from "../schedule/requested-time.ts";
import type { RequestedTime, Window } from "../schedule/working-hours.ts";
import { storable } from "./attributes.ts";
import type { Judged } from "./judge-approval.ts";
import { parseAttributes } from "./parse-attributes.ts";
import { resolveConsoles } from "./resolve-consoles.ts";

export interface AskPorts {
  readonly db: Kysely<Database>;
  readonly catalog: Catalog;
  readonly settings: {
    readonly approvers: readonly string[];
    readonly selfApproval: boolean;
    readonly maxConsolesPerRequest: number;
    /** What ZPA knows an email as, where it differs. */
    readonly zpaUserByEmail: ReadonlyMap<string, string>;
  };
}

/** Whom it is for, as far as is known; Slack's id only after Slack was asked. */
export type AskedFor = Pick<Person, "email" | "zpaUser"> & { readonly userId: string | null };

/** What an approval in SailPoint asks for: a part for each of the rules that its consoles fall under. */
export interface GovernedAsk {
  readonly consoles: readonly CatalogConsole[];
  readonly reason: string;
  /** As it was asked for. */
  readonly askedTime: RequestedTime;
  /** The same, counted from the approval. */
  readonly time: RequestedTime;
  /** What that opens when it is opened at `now`. */
  readonly window: Window;
  readonly parts: readonly (RulesGroup<CatalogConsole> & { readonly ruled: Route })[];
}

/**
 * Holds what an approval in SailPoint carries against the catalog, the settings and the rules that stand now, as far as nobody has to be
 * asked who anybody is. What grants and what foretells have this in common.
 *
 * @throws PortcullisError what speaks against it
 */
export const readGovernedAsk = (ports: AskPorts) => {
  const divide = divideRequest(ports);
  return async (
    approval: SailPointApproval,
    { attributes, approvedAt }: Pick<Extract<Judged, { readonly kind: "approved" }>, "attributes" | "approvedAt">,
    askedFor: AskedFor,
    now: Date,
  ): Promise<GovernedAsk> => {
    const terms = parseAttributes(attributes);
    refuseOther(terms.beneficiary, approval.requestee, askedFor);
    const consoles = resolveConsoles(ports.catalog, terms.consoles);
    const reason = checkAsk({ consoleIds: consoles.map(({ id }) => id), reason: terms.reason ?? reasonOf(approval) }, ports.settings);
    const time = fixedAt(terms.time, approvedAt ?? now, now);
    const window = windowAt(time, now);
    checkWidenedTerms({ consoles, time }, { longestWindowHours: null }, now);
    const parts = await divide(consoles);
    checkTermsOfParts(parts, { reason, windowMilliseconds: requestedLength(time, now) });
    return {
      ...{ consoles, reason, askedTime: terms.time, time, window },
      parts: parts.map((part) => ({ ...part, ruled: routeFor(ports.settings, part.rules, part.source) })),
    };
  };
};

const SLACK_USER = /^[UW][A-Z0-9]+$/u;

/** An attribute may repeat who gets the access, in whatever way; it never says it. Whom Slack's ids mean is for Slack to say. */
function refuseOther(named: string | null, requestee: SailPointIdentity | null, { email, zpaUser, userId }: AskedFor): void {
  if (named === null || (userId === null && SLACK_USER.test(named))) return;
  const same = [requestee?.id, requestee?.email, requestee?.name, email, zpaUser, userId].some(
    (known) => known?.trim().toLowerCase() === named.trim().toLowerCase(),
  );
  if (!same) throw new PortcullisError("governed_other_beneficiary", { params: { named, email } });
}

/** A duration counts from SailPoint's approval: whatever held us up opens no later hours than those that were approved. */
function fixedAt(time: RequestedTime, approvedAt: Date, now: Date): RequestedTime {
  if (time.start.kind === "at") return time;
  const at = approvedAt < now ? approvedAt : now; // SailPoint's clock may be ahead of ours
  return { ...time, start: { kind: "at", at } };
}

const reasonOf = ({ name, description }: SailPointApproval): string =>
  storable([name, description].flatMap((text) => text?.trim() || []).join(": "))
    .slice(0, REASON_MAX_LENGTH)
    .toWellFormed();
