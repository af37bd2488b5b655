import { PortcullisError } from "../../../src/errors.ts";
import { type FaultPoint, noFault } from "../../../src/fault-points.ts";
import { createPeople } from "../../../src/services/directory/people.ts";
import type { SlackUser } from "../../../src/services/directory/person.ts";
import { connectTypes } from "../../../src/services/governed/connect-types.ts";
import type { GovernedRefusal } from "../../../src/services/governed/governed.ts";
import { readGoverned } from "../../../src/services/governed/governed-rows.ts";
import { seeGoverned } from "../../../src/services/governed/see-governed.ts";
import { settleGoverned } from "../../../src/services/governed/settle-governed.ts";
import { tellGoverned } from "../../../src/services/governed/tell-governed.ts";
import type { SailPointApproval } from "../../../src/services/sailpoint/approval.ts";
import { approvalOnWire } from "../../../src/services/sailpoint/approval-wire.ts";
import type { Store } from "../../support/a-store.ts";
import { aHouseOn } from "../access/a-house.ts";

const user = (userId: string, name: string, change: Partial<SlackUser> = {}): SlackUser => ({
  ...{ teamId: "T1", userId, name, email: `${name.toLowerCase()}@example.com`, emailConfirmed: true },
  ...{ timeZone: "Europe/Lisbon", locale: "en-US", isBot: false, isGuest: false, isDeactivated: false, isStranger: false },
  ...change,
});

const USERS: readonly SlackUser[] = [
  user("UANA", "Ana"),
  user("UBEN", "Ben"),
  user("UCHI", "Chiyo"),
  user("UEVE", "Eve"),
  user("UDORA", "Dora"),
  user("UROOT", "Rut"),
  user("UTWIN1", "Twin", { email: "twin@example.com" }),
  user("UTWIN2", "Twin2", { email: "twin@example.com" }),
  user("UGUEST", "Gil", { isGuest: true }),
  user("UNEW", "Nia", { emailConfirmed: false }),
  user("ULEFT", "Fay", { isDeactivated: true }),
];

export const TYPE = "GENERIC_APPROVAL";

export const identity = (name: string, change: object = {}) => ({
  ...{ identityID: `id-${name}`, type: "IDENTITY", name, email: `${name.toLowerCase()}@example.com` },
  ...change,
});

/** Ana wants db-prod for two hours, and Ben approved it at a quarter past eight. */
const APPROVED = {
  id: "sp-1",
  type: TYPE,
  status: "APPROVED",
  name: [{ value: "db-prod for Ana", locale: "en_US" }],
  description: [{ value: "OPS-123", locale: "en_US" }],
  requester: identity("Ana"),
  requestee: identity("Ana"),
  approvedBy: [{ ...identity("Ben"), decisionDate: "2026-11-02T08:15:00Z" }],
  createdDate: "2026-11-02T08:05:00Z",
  modifiedDate: "2026-11-02T08:05:00Z",
  completedDate: "2026-11-02T08:15:00Z",
};

export const ATTRIBUTES: Readonly<Record<string, string>> = { portcullisConsoles: "db-prod", portcullisDuration: "PT2H" };

export interface WireChange {
  readonly attributes?: unknown;
  readonly [field: string]: unknown;
}

/** With these attributes beside the usual. */
export const withAttributes = (change: Readonly<Record<string, string>>): WireChange => ({ attributes: { ...ATTRIBUTES, ...change } });

/** As SailPoint answers it: attributes are a text that holds JSON. */
export const wire = ({ attributes = ATTRIBUTES, ...change }: WireChange = {}): SailPointApproval =>
  approvalOnWire.parse({
    ...APPROVED,
    additionalAttributes: typeof attributes === "string" ? attributes : JSON.stringify(attributes),
    ...change,
  });

/** The same while it waits. */
export const pending = (change: WireChange = {}): SailPointApproval =>
  wire({ status: "PENDING", approvedBy: [], completedDate: null, ...change });

export interface GovernedOptions {
  readonly types?: readonly string[];
  readonly selfApproval?: boolean;
  readonly faultPoint?: FaultPoint;
  readonly overnightHours?: "next-day" | "split";
}

/** A house in which SailPoint governs. What SailPoint answers when it is asked again stands in `told`. */
export async function aGovernedHouse(store: Pick<Store, "db">, options: GovernedOptions = {}) {
  const { types = [TYPE], selfApproval = false, faultPoint = noFault, overnightHours = "next-day" } = options;
  const house = aHouseOn(store, { overnightHours });
  const users = new Map(USERS.map((each) => [each.userId, each]));
  const members: Record<string, readonly string[]> = { SOPS: ["UANA"] };
  const away = { slack: false, sailpoint: false };
  const answered = async <T>(answer: T): Promise<T> => {
    if (away.slack) throw new PortcullisError("slack_unreachable");
    return answer;
  };
  const directory = {
    teamId: () => answered("T1"),
    user: (id: string) => answered(users.get(id) ?? null),
    userIdsByEmail: (email: string) =>
      answered([...users.values()].filter((each) => each.email === email && !each.isDeactivated).map(({ userId }) => userId)),
    groupMembers: (id: string) => answered(members[id] ?? []),
  };
  const zpaUserByEmail = new Map([["eve@example.com", "ana@example.com"]]);
  const people = createPeople({ directory, config: { allowedEmailDomains: ["example.com"], zpaUserByEmail, admins: ["UROOT"] } });
  for (const id of ["UANA", "UBEN", "UCHI", "UROOT"]) house.known.set(id, await people.trusted({ teamId: "T1", userId: id }));

  const told = new Map<string, SailPointApproval>();
  const asked: string[] = [];
  const sailpoint = {
    approvals: {
      get: async (id: string): Promise<SailPointApproval> => {
        asked.push(id);
        if (away.sailpoint) throw new PortcullisError("sailpoint_unreachable");
        const approval = told.get(id);
        if (approval === undefined) throw new PortcullisError("sailpoint_not_found");
        return approval;
      },
    },
  };
  const yesInSlack: string[] = [];
  const settings = { approvers: ["UBEN", "UCHI"], selfApproval, maxConsolesPerRequest: 10, zpaUserByEmail };
  const { jobs, clock, ids, log } = house.ports;
  const ports = {
    ...{ db: house.db, jobs, people, directory, catalog: house.catalog, sailpoint, settings, types, clock, ids, log, faultPoint },
    nameOf: async (id: string) => users.get(id)?.name ?? id,
    onSettled: house.onSettled,
    yesInSlack: async () => yesInSlack,
  };
  const see = seeGoverned(ports);
  const heard: { readonly userId: string; readonly refusal: GovernedRefusal }[] = [];
  const refusesToHear = new Set<string>();
  const tell = tellGoverned({
    ...ports,
    admins: house.admins,
    tell: async (userId, refusal) => {
      await answered(null);
      if (refusesToHear.has(userId)) throw new PortcullisError("slack_refused", { params: { reason: "user_disabled" } });
      heard.push({ userId, refusal });
    },
  });
  const settle = (isLast = false, sailpointId = "sp-1") => settleGoverned(ports)({ sailpointId }, { isLast });
  const seen = (approval: SailPointApproval, before: SailPointApproval | null = null) =>
    house.db.transaction().execute((trx) => see(trx, approval, before));
  await connectTypes({ db: house.db, jobs, clock }, types);

  return {
    ...house,
    users,
    members,
    away,
    people,
    governedPorts: ports,
    told,
    asked,
    heard,
    refusesToHear,
    yesInSlack,
    seen,
    settle,
    tell: (sailpointId = "sp-1") => tell({ sailpointId }, { isLast: false }),
    governed: (sailpointId = "sp-1") => readGoverned(house.db, sailpointId),
    /** Seen as it waits, then approved as it stands, and settled. */
    approved: async (change: WireChange = {}, shown: WireChange = change) => {
      const approval = wire(change);
      const waiting = pending({ ...shown, ...{ status: "PENDING", approvedBy: [], completedDate: null } });
      await seen(waiting);
      told.set(approval.id, approval);
      await seen(approval, waiting);
      await settle(false, approval.id);
      return readGoverned(house.db, approval.id);
    },
    requests: () => house.db.selectFrom("request").selectAll().orderBy("number").execute(),
    allGrants: () => house.db.selectFrom("access_grant").selectAll().execute(),
    queued: (queue: string) => house.enqueued.filter((job) => job.queue === queue),
    events: (kind: string) => house.db.selectFrom("ledger_event").selectAll().where("kind", "=", kind).orderBy("id").execute(),
  };
}

export type GovernedHouse = Awaited<ReturnType<typeof aGovernedHouse>>;

/** Why it was refused, or how it stands. */
export const outcomeOf = (governed: Awaited<ReturnType<GovernedHouse["governed"]>>): string =>
  governed?.refusal?.code ?? governed?.status ?? "never seen";
