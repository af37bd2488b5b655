import { fromUnknown, PortcullisError } from "../../errors.ts";
import { checkParts } from "../access/check-parts.ts";
import { ApprovalConfig } from "../approvals/approval-config.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { NameOf } from "../directory/names.ts";
import type { People, Person } from "../directory/person.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import { skippedBy } from "../policy/emergency.ts";
import type { RulesGroup } from "../policy/resolve-rules.ts";
import type { Route } from "../policy/route.ts";
import type { GovernedBy } from "../policy/rules.ts";
import type { SailPointApproval, SailPointDecision, SailPointIdentity } from "../sailpoint/approval.ts";
import { requestedLength } from "../schedule/requested-time.ts";
import type { RequestedTime } from "../schedule/working-hours.ts";
import { storable } from "./attributes.ts";
import { interestedIn } from "./interested-in.ts";
import type { Judged } from "./judge-approval.ts";
import { type PersonPorts, personBehind } from "./person-by-email.ts";
import { type AskPorts, readGovernedAsk } from "./read-ask.ts";

export interface PlanPorts extends PersonPorts, AskPorts {
  readonly people: People;
  readonly nameOf: NameOf;
  /** Who said yes to an approval in Slack: for SailPoint it was the token's owner. Slack user ids. */
  readonly yesInSlack: (sailpointId: string) => Promise<readonly string[]>;
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
 * Holds what SailPoint approved against the catalog, the settings and the rules that stand now, like every request: who may have what, for
 * how long, with which ticket. Who decides is SailPoint's to say, but never those alone whom it is for.
 *
 * @param beneficiary the requestee, as Slack knows them
 * @throws PortcullisError what speaks against it, `governed_self_approved` and `governed_other_beneficiary` among it
 */
export const planGoverned = (ports: PlanPorts) => {
  const askOf = readGovernedAsk(ports);
  return async (approval: SailPointApproval, approved: Approved, beneficiary: Person, now: Date): Promise<GovernedPlan> => {
    const { reason, time, parts } = await askOf(approval, approved, beneficiary, now);
    const asked = { reason, windowMilliseconds: requestedLength(time, now), beneficiaryUserId: beneficiary.userId };
    await checkAsking(ports, parts, asked, beneficiary);
    await checkRequester(ports, parts, asked, approval);
    const inSlack = await ports.yesInSlack(approval.id);
    if (parts.some(({ ruled }) => ruled.config.selfApproval === "OFF"))
      await refuseOwnYes(ports, approval, approved.deciders, { beneficiary, inSlack });
    const governedBy = sourceOf(approval, approved.deciders, inSlack);
    return {
      beneficiary,
      time,
      reason,
      parts: parts.map((part) => ({ consoles: part.consoles, route: governedRoute(part.ruled, governedBy) })),
      governedBy,
    };
  };
};

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
  const { zpaUsers, isOwn } = interestedIn({ requester, requestee }, [beneficiary.zpaUser], settings);
  const isOwnInSlack = async (userId: string): Promise<boolean> =>
    userId === beneficiary.userId || zpaUsers.includes((await people.trusted({ teamId: beneficiary.teamId, userId })).zpaUser);
  const own = inSlack.length === 0 ? deciders.map(isOwn) : await Promise.all(inSlack.map(isOwnInSlack));
  if (own.every((isTheirs) => isTheirs)) throw new PortcullisError("governed_self_approved");
}

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
