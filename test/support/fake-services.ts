import { PortcullisError } from "../../src/errors.ts";
import type { AccessRights, PersonItem, RequestOverview } from "../../src/services/access/overview.ts";
import type { FindingView } from "../../src/services/access/reconcile/finding.ts";
import type { BulkPreview } from "../../src/services/approvals/bulk.ts";
import type { MovableSeats } from "../../src/services/approvals/movable-seats.ts";
import type { QueuePage } from "../../src/services/approvals/queue.ts";
import type { Catalog, CatalogConsole } from "../../src/services/catalog/catalog.ts";
import type { ConsoleDetails, ConsoleRoom, ConsolesPage, MadeConsoles } from "../../src/services/consoles/consoles.ts";
import type { CoveragePage, MadeCover } from "../../src/services/coverage/coverage-service.ts";
import type { CredentialList } from "../../src/services/credentials/credentials-service.ts";
import type { BreakGlassStanding } from "../../src/services/emergency/emergency.ts";
import type { HomeLists, Nudged, Services } from "../../src/services/services.ts";
import type { UserGroup } from "../../src/slack/user-groups.ts";
import { aCredentialDetails, aCredentialView, aHandover, aMovePreview, anOffer, somePlaces, someUses } from "../views/a-credential.ts";
import { aFinding } from "../views/a-finding.ts";
import { anExplanation } from "../views/an-explanation.ts";
import {
  aConsoleRoom,
  aConsolesPage,
  aConsolesPlan,
  aSwitched,
  aSwitchPlan,
  someConsoleDetails,
  someMadeConsoles,
} from "../views/console-models.ts";
import { aCoveragePage, aMadeCover, anOfferedRule } from "../views/coverage-models.ts";
import { dora, dueReview, foretold } from "../views/emergency-models.ts";
import { aQueuePage, consoleNamed, overviewOf } from "../views/models.ts";
import { someRules } from "../views/rules-models.ts";

/** One call of a use-case, and with what. */
type Call = readonly [useCase: string, command: unknown];

/** Services that note what they are asked for and answer as the test says. */
export const createFakeServices = () => {
  const calls: Call[] = [];
  const refusals = new Map<string, PortcullisError>();
  const held = new Map<string, Promise<void>>();
  const state: {
    overview: RequestOverview;
    home: HomeLists;
    queue: QueuePage;
    bulk: BulkPreview;
    seats: MovableSeats["choice"];
    changesOutcome: "approved" | "proposed";
    nudged: Nudged;
    userGroups: readonly UserGroup[];
    rules: ReturnType<typeof someRules>;
    rights: AccessRights;
    person: readonly PersonItem[];
    finding: FindingView;
    findingsNext: string | null;
    consolesPage: ConsolesPage;
    consoleDetails: ConsoleDetails;
    consoleRoom: ConsoleRoom;
    madeConsoles: MadeConsoles;
    credentials: CredentialList;
    coveragePage: CoveragePage;
    madeCover: MadeCover;
    withoutEffect: readonly CatalogConsole[];
    standing: BreakGlassStanding;
  } = {
    overview: overviewOf(),
    home: { myAccess: [], myRequests: [] },
    queue: aQueuePage([]),
    bulk: { verdict: "approve", rows: [], commentRequired: false },
    seats: null,
    changesOutcome: "approved",
    nudged: { heardAt: null, nextAt: new Date("2026-11-22T04:00:00Z") },
    userGroups: [{ id: "S01PRAAPPR", name: "PRA approvers" }],
    rules: someRules(),
    rights: { isHolder: true, isDecider: false },
    person: [{ requestId: "r1", label: "PRA-1042", consoleNames: ["db-prod"], does: "END" }],
    finding: aFinding(),
    findingsNext: null,
    consolesPage: aConsolesPage(),
    consoleDetails: someConsoleDetails(),
    consoleRoom: aConsoleRoom(),
    madeConsoles: someMadeConsoles(),
    credentials: { credentials: [aCredentialView()], maxAgeDays: 90, unread: [] },
    coveragePage: aCoveragePage(),
    madeCover: aMadeCover(),
    withoutEffect: [],
    standing: { kind: "may", person: dora, mostSeconds: 3600 },
  };
  const noting =
    <C, A>(useCase: string, answer: () => A) =>
    async (command: C): Promise<A> => {
      calls.push([useCase, command]);
      const refusal = refusals.get(useCase);
      if (refusal) throw refusal;
      await held.get(useCase);
      return answer();
    };
  const db = consoleNamed("db-prod");
  const catalog: Catalog = {
    search: () => [db],
    byId: (id) => (id === db.id ? db : null),
    byName: (name) => (name === db.name ? db : null),
    onSegment: () => [db],
    refreshedAt: () => new Date("2026-11-22T00:00:00Z"),
    size: () => 1,
  };
  const services: Omit<Services, "people"> = {
    catalog,
    catalogAge: () => ({ readAt: new Date("2026-11-22T00:00:00Z"), isOld: false }),
    rules: {
      get: noting("rules.get", () => state.rules.view),
      getFrozen: noting("rules.getFrozen", () => ({ label: "PRA-1042", approvalId: "a1", yaml: "{}\n", rules: {} })),
      list: noting("rules.list", () => state.rules.overview),
      export: noting("rules.export", () => ({ yaml: "rules: []\n", rules: [] })),
      put: noting("rules.put", () => state.rules.outcome),
      delete: noting("rules.delete", () => state.rules.outcome),
      apply: noting("rules.apply", () => []),
      getChange: noting("rules.getChange", () => state.rules.waits),
      confirm: noting("rules.confirm", () => state.rules.change),
      decline: noting("rules.decline", () => state.rules.change),
      findScopes: () => [{ scope: "MICROTENANT", scopeId: "77", name: "Plant" }],
    },
    credentials: {
      list: noting("credentials.list", () => state.credentials),
      get: noting("credentials.get", aCredentialView),
      look: noting("credentials.look", aCredentialDetails),
      room: noting("credentials.room", () => ({ places: somePlaces })),
      offer: noting("credentials.offer", anOffer),
      confirm: noting("credentials.confirm", aHandover),
      previewRemove: noting("credentials.previewRemove", () => ({ credential: aCredentialView(), uses: someUses })),
      remove: noting("credentials.remove", aCredentialView),
      previewMove: noting("credentials.previewMove", aMovePreview),
      move: noting("credentials.move", aCredentialView),
    },
    findings: {
      list: noting("findings.list", () => ({
        findings: [state.finding],
        counts: { changed: 1, missing: 0, foreign: 0, list: 0 },
        lastPass: null,
        next: state.findingsNext,
      })),
      get: noting("findings.get", () => state.finding),
      mayJudge: noting("findings.mayJudge", () => state.finding),
      judge: noting("findings.judge", () => state.finding),
      startPass: noting("findings.startPass", () => null),
      pass: noting("findings.pass", () => ({ finishedAt: new Date("2026-11-22T00:00:00Z"), microtenants: [] })),
      deleteExpired: noting("findings.deleteExpired", () => false),
    },
    consoles: {
      find: noting("consoles.find", () => state.consolesPage),
      look: noting("consoles.look", () => state.consoleDetails),
      room: noting("consoles.room", () => state.consoleRoom),
      plan: noting("consoles.plan", () => aConsolesPlan()),
      make: noting("consoles.make", () => state.madeConsoles),
      lookFor: noting("consoles.lookFor", () => state.madeConsoles),
      planSwitch: noting("consoles.planSwitch", () => aSwitchPlan()),
      switch: noting("consoles.switch", () => aSwitched()),
    },
    coverage: {
      read: noting("coverage.read", () => state.coveragePage),
      page: noting("coverage.page", () => state.coveragePage),
      offer: noting("coverage.offer", () => anOfferedRule()),
      cover: noting("coverage.cover", () => state.madeCover),
      withoutEffect: async () => state.withoutEffect,
    },
    access: {
      submit: noting("submit", () => [state.overview.request]),
      divide: async (consoles) => [{ consoles }],
      retry: noting("retry", () => undefined),
      withdraw: noting("withdraw", () => undefined),
      finish: noting("finish", () => state.overview.request),
      revoke: noting("revoke", () => state.overview.request),
      change: noting("change", () => state.overview.request),
      renew: noting("renew", () => [state.overview.request]),
      lookAt: noting("lookAt", () => ({ request: state.overview.request, rights: state.rights })),
      find: async (label) => (label === "" ? Promise.reject(new PortcullisError("request_missing")) : "r1"),
      previewRevokePerson: noting("previewRevokePerson", () => state.person),
      revokePerson: noting("revokePerson", () => state.person.map((item) => ({ ...item, outcome: "ENDING" as const, failure: null }))),
      nudge: noting("nudge", () => state.nudged),
      overview: async () => state.overview,
      home: async () => state.home,
    },
    emergency: {
      onCall: noting("onCall", () => ({ person: dora, mostSeconds: 8 * 3600 })),
      give: noting("give", () => [state.overview.request]),
      breakGlassStanding: noting("breakGlassStanding", () => state.standing),
      foretellBreakGlass: noting("foretellBreakGlass", () => foretold(db)),
      breakGlass: noting("breakGlass", () => [state.overview.request]),
      readReview: noting("readReview", () => dueReview),
      answerReview: noting("answerReview", () => undefined),
    },
    sailpoint: null,
    approvals: {
      recordApproveClick: noting("recordApproveClick", () => undefined),
      approve: noting("approve", () => state.overview.approval),
      reject: noting("reject", () => state.overview.approval),
      reassign: noting("reassign", () => state.overview.approval),
      explain: noting("explain", () => anExplanation()),
      mayReassign: noting("mayReassign", () => ({ approval: state.overview.approval, choice: state.seats })),
      approveWithChanges: noting("approveWithChanges", () => state.changesOutcome),
      answerProposal: noting("answerProposal", () => undefined),
      mayRemark: noting("mayRemark", () => state.overview.approval),
      remark: noting("remark", () => undefined),
      hear: noting("hear", () => undefined),
      sweepSoon: async () => {
        calls.push(["sweepSoon", null]);
      },
      mayDecide: noting("mayDecide", () => state.overview.approval),
      queue: async (query) => {
        calls.push(["queue", query]);
        return { ...state.queue, place: query.place };
      },
      bulk: {
        preview: noting("bulk.preview", () => state.bulk),
        submit: noting("bulk.submit", () => undefined),
        withdrawable: noting("bulk.withdrawable", () => ({ rows: state.bulk.rows, waiting: state.bulk.rows.length })),
      },
    },
  };
  return {
    services,
    calls,
    state,
    /** From now on the use-case answers only once it is released. */
    hold: (useCase: string): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(useCase, promise);
      return resolve;
    },
    refuse: (useCase: string, ...error: ConstructorParameters<typeof PortcullisError>) =>
      refusals.set(useCase, new PortcullisError(...error)),
  };
};
