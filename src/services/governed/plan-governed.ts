import type { Kysely } from "kysely";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { checkWidenedTerms } from "../access/check-changed-terms.ts";
import { checkParts } from "../access/check-parts.ts";
import { divideRequest } from "../access/divide-request.ts";
import { ApprovalConfig } from "../approvals/approval-config.ts";
import type { Catalog, CatalogConsole } from "../catalog/catalog.ts";
import type { NameOf } from "../directory/names.ts";
import type { People, Person } from "../directory/person.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import { checkAsk, REASON_MAX_LENGTH } from "../policy/ask.ts";
import { skippedBy } from "../policy/emergency.ts";
import type { RulesGroup } from "../policy/resolve-rules.ts";
import { type Route, routeFor } from "../policy/route.ts";
import type { GovernedBy } from "../policy/rules.ts";
import type { SailPointApproval, SailPointDecision, SailPointIdentity } from "../sailpoint/approval.ts";
import { requestedLength, windowAt } from "../schedule/requested-time.ts";
import type { RequestedTime } from "../schedule/working-hours.ts";
import { storable } from "./attributes.ts";
import type { Judged } from "./judge-approval.ts";
import { parseAttributes } from "./parse-attributes.ts";
import { type PersonPorts, personBehind } from "./person-by-email.ts";
import { resolveConsoles } from "./resolve-consoles.ts";

export interface PlanPorts extends PersonPorts {
  readonly db: Kysely<Database>;
  readonly people: People;
  readonly catalog: Catalog;
  readonly nameOf: NameOf;
  /** Who said yes to an approval in Slack: for SailPoint it was the token's owner. Slack user ids. */
  readonly yesInSlack: (sailpointId: string) => Promise<readonly string[]>;
  readonly settings: {
    readonly approvers: readonly string[];
    readonly selfApproval: boolean;
    readonly maxConsolesPerRequest: number;
    /** What ZPA knows an email as, where it differs. */
    readonly zpaUserByEmail: ReadonlyMap<string, string>;
  };
}

/** What an approval in SailPoint opens: a request for each part of the consoles that falls under rules of its own. */
export interface GovernedPlan {
  readonly beneficiary: Person;
  readonly time: RequestedTime;
  readonly reason: string;
  readonly parts: readonly { readonly consoles: readonly CatalogConsole[]; readonly route: Route }[];
  readonly governedBy: GovernedBy;
}

type Approved = Extract<Judged, { readonly kind: "approved" }>;

/**
 * Holds what SailPoint approved against the catalog, the settings and the rules that stand now, as any request is: who may have what, for
 * how long, with which ticket. Who decides is SailPoint's to say, but never those alone whom it is for.
 *
 * @param beneficiary the requestee, as Slack knows them
 * @throws PortcullisError what speaks against it, `governed_self_approved` and `governed_other_beneficiary` among it
 */
export const planGoverned = (ports: PlanPorts) => {
  const divide = divideRequest(ports);
  return async (approval: SailPointApproval, approved: Approved, beneficiary: Person, now: Date): Promise<GovernedPlan> => {
    const terms = parseAttributes(approved.attributes);
    refuseOther(terms.beneficiary, approval.requestee, beneficiary);
    const consoles = resolveConsoles(ports.catalog, terms.consoles);
    const consoleIds = consoles.map(({ id }) => id);
    const reason = checkAsk({ consoleIds, reason: terms.reason ?? reasonOf(approval) }, ports.settings);
    const time = fixedAt(terms.time, approved.approvedAt ?? now, now);
    windowAt(time, now);
    checkWidenedTerms({ consoles, time }, { longestWindowHours: null }, now);
    const parts = await divide(consoles);
    const asked = { reason, windowMilliseconds: requestedLength(time, now), beneficiaryUserId: beneficiary.userId };
    await checkAsking(ports, parts, asked, beneficiary);
    await checkRequester(ports, parts, asked, approval);
    const inSlack = await ports.yesInSlack(approval.id);
    const routes = parts.map(({ rules, source, consoles: part }) => ({ consoles: part, ruled: routeFor(ports.settings, rules, source) }));
    if (routes.some(({ ruled }) => ruled.config.selfApproval === "OFF"))
      await refuseOwnYes(ports, approval, approved.deciders, { beneficiary, inSlack });
    const governedBy = sourceOf(approval, approved.deciders, inSlack);
    return {
      beneficiary,
      time,
      reason,
      parts: routes.map((part) => ({ consoles: part.consoles, route: governedRoute(part.ruled, governedBy) })),
      governedBy,
    };
  };
};

/** An attribute may repeat who gets the access, in whatever way; it never says it. */
function refuseOther(named: string | null, requestee: SailPointIdentity | null, { email, zpaUser, userId }: Person): void {
  if (named === null) return;
  const same = [requestee?.id, requestee?.email, requestee?.name, email, zpaUser, userId].some(
    (known) => known?.trim().toLowerCase() === named.trim().toLowerCase(),
  );
  if (!same) throw new PortcullisError("governed_other_beneficiary", { params: { named, email } });
}

type Parts = readonly RulesGroup<CatalogConsole>[];
type Asked = Omit<Parameters<typeof checkParts>[2], "requesterUserId">;

/** The rules' own sentences speak to whoever fills in a form; here nobody does. */
async function checkAsking(ports: PlanPorts, parts: Parts, asked: Asked, { userId, name }: Pick<Person, "userId" | "name">): Promise<void> {
  try {
    await checkParts(ports, parts, { ...asked, requesterUserId: userId });
  } catch (cause) {
    const { code, details } = fromUnknown(cause);
    if (code !== "ask_not_allowed" && code !== "ask_for_others_not_allowed") throw cause;
    throw new PortcullisError("governed_ask_not_allowed", { params: { ...details.params, name } }, { cause });
  }
}

/** Who asked in SailPoint for somebody else is held to the rules about that, as far as there are any. */
async function checkRequester(ports: PlanPorts, parts: Parts, asked: Asked, { requester, requestee }: SailPointApproval): Promise<void> {
  const ruled = parts.filter(({ rules }) => rules.ask.forOthers !== undefined);
  if (ruled.length === 0 || (requester !== null && requester.id === requestee?.id)) return;
  const person = requester === null ? null : await personOrNull(ports, requester);
  if (person === null) {
    const consoles = ruled.flatMap((part) => part.consoles.map(({ name }) => name)).join(", ");
    throw new PortcullisError("governed_ask_not_allowed", { params: { consoles, name: storable(requester?.name ?? "") } });
  }
  await checkAsking(ports, ruled, asked, person);
}

async function personOrNull(ports: PersonPorts, identity: SailPointIdentity): Promise<Person | null> {
  try {
    return await personBehind(ports)(identity);
  } catch (thrown) {
    const { code } = fromUnknown(thrown);
    if (code === "governed_person_unknown" || isVerdictOnPerson(code)) return null;
    throw thrown;
  }
}

/**
 * Of those who said yes at least one is neither who asked nor whom it is for, by any account that ZPA knows as theirs. Where the yes was
 * given in Slack, and SailPoint names the token's owner for it, those count who gave it.
 */
async function refuseOwnYes(
  { settings, people }: PlanPorts,
  { requester, requestee }: SailPointApproval,
  deciders: readonly SailPointDecision[],
  { beneficiary, inSlack }: { readonly beneficiary: Person; readonly inSlack: readonly string[] },
): Promise<void> {
  const zpaUserOf = (email: string | null): string | null => {
    const address = email?.trim().toLowerCase() ?? "";
    return address === "" ? null : (settings.zpaUserByEmail.get(address) ?? address);
  };
  const interested = [requester, requestee].flatMap((identity) => identity ?? []);
  const ids = interested.map(({ id }) => id);
  const zpaUsers = [beneficiary.zpaUser, ...interested.map(({ email }) => zpaUserOf(email))];
  const isOwn = ({ identity: { id, email } }: SailPointDecision): boolean => {
    const zpaUser = zpaUserOf(email);
    return ids.includes(id) || (zpaUser !== null && zpaUsers.includes(zpaUser));
  };
  const isOwnInSlack = async (userId: string): Promise<boolean> =>
    userId === beneficiary.userId || zpaUsers.includes((await people.trusted({ teamId: beneficiary.teamId, userId })).zpaUser);
  const own = inSlack.length === 0 ? deciders.map(isOwn) : await Promise.all(inSlack.map(isOwnInSlack));
  if (own.every((isTheirs) => isTheirs)) throw new PortcullisError("governed_self_approved");
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

const sourceOf = (
  { id, type, name, requester }: SailPointApproval,
  deciders: readonly SailPointDecision[],
  deciderUserIds: readonly string[],
): GovernedBy => ({
  approvalId: id,
  approvalType: type ?? "",
  approvalName: name === null ? null : storable(name),
  requester: requester === null ? null : known(requester),
  deciders: deciders.map(({ identity, at }) => ({ ...known(identity), at })),
  deciderUserIds: [...deciderUserIds],
  insteadOf: [],
});

const known = ({ id, name, email }: SailPointIdentity) => ({
  id: storable(id),
  name: name === null ? null : storable(name),
  email: email === null ? null : storable(email),
});

/**
 * No seat and no yes of our own is made up: our approvers are circumvented, and the approval stands as PASSED, with a grant. They keep the
 * right to take the access away.
 */
function governedRoute(ruled: Route, governedBy: GovernedBy): Route {
  const one = { calculationType: "COUNT", value: 1 } as const;
  return {
    approvers: [],
    criteria: { type: "PARALLEL", approval: one, rejection: one },
    config: ApprovalConfig.parse({ circumventApprovalProcess: true }),
    rules: { ...ruled.rules, passedMakesGrant: true, governedBy: { ...governedBy, insteadOf: [...skippedBy("ON_CALL", ruled, [])] } },
  };
}
