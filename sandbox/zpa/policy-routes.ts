import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { queried } from "./list-query.ts";
import {
  nextRuleId,
  policySets,
  putRules,
  rulesOf,
  type StoredPolicySet,
  type StoredRule,
  takeConditionIds,
} from "./policy/policy-store.ts";
import { moveRule, orderAll, refuseKept } from "./policy/reorder.ts";
import { ruleFields } from "./policy/rule-fields.ts";
import { createdRule, ruleOf, setOf, wholeRuleOf } from "./policy/rule-wire.ts";
import { invalidArgument, resourceNotFound, TenantRefusal } from "./refusal.ts";
import { answer, bodyOf, microtenantOfCall, noContent, pageOf } from "./respond.ts";
import { nowEpochSeconds, type Tenant } from "./tenant.ts";

type Routes = Hono<{ Bindings: HttpBindings }>;

const clientTypes = {
  zpn_client_type_exporter: "Web Browser",
  zpn_client_type_exporter_noauth: "Web Browser Unauthenticated",
  zpn_client_type_machine_tunnel: "Machine Tunnel",
  zpn_client_type_edge_connector: "Cloud Connector",
  zpn_client_type_zia_inspection: "ZIA Inspection",
  zpn_client_type_zapp: "Client Connector",
  zpn_client_type_slogger: "ZPA LSS",
  zpn_client_type_browser_isolation: "Cloud Browser",
  zpn_client_type_ip_anchoring: "ZIA Service Edge",
  zpn_client_type_zapp_partner: "Client Connector Partner",
  zpn_client_type_branch_connector: "Branch Connector",
  zpn_client_type_vdi: "Client Connector for VDI",
} as const;

const platforms = { linux: "Linux", android: "Android", windows: "Windows", ios: "iOS", mac: "Mac" } as const;

/** `…/policySet`, `…/clientTypes` and `…/platform` of version 1. */
export function policyRoutes(tenant: Tenant): Routes {
  const routes: Routes = new Hono();
  routes.use("/policySet/*", oneWriteAtATime(tenant));
  routes.get("/clientTypes", (context) => answer(context, 200, clientTypes));
  routes.get("/platform", (context) => answer(context, 200, platforms));

  routes.get("/policySet/policyType/:type", (context) => {
    microtenantOfCall(context, tenant);
    return answer(context, 200, setOf(setOfType(context.req.param("type"))));
  });

  routes.get("/policySet/rules/policyType/:type", (context) => {
    const rules = rulesOf(tenant, setOfType(context.req.param("type")).id, microtenantOfCall(context, tenant));
    refuseOtherActions(context.req.query("search") ?? "");
    const print = (rule: StoredRule) => ruleOf(tenant, rule);
    const page = pageOf(context, queried(context, rules, print), print);
    return answer(context, 200, { ...page, totalCount: "0" }); // as in the page's example, however long the list
  });

  routes.get("/policySet/:setId/rule/:ruleId", (context) => answer(context, 200, wholeRuleOf(tenant, ruleOfCall(context, tenant))));

  routes.delete("/policySet/:setId/rule/:ruleId", (context) => {
    const rule = ruleOfCall(context, tenant);
    refuseKept(rule, "delete");
    putRules(
      tenant,
      rule,
      rulesOf(tenant, rule.setId, rule.microtenantId).filter((each) => each !== rule),
    );
    return noContent(context);
  });

  routes.put("/policySet/:setId/rule/:ruleId/reorder/:order", (context) => {
    const { id, setId, microtenantId } = ruleOfCall(context, tenant);
    moveRule(tenant, { setId, microtenantId }, { ruleId: id, order: context.req.param("order") });
    return noContent(context);
  });

  routes.put("/policySet/:setId/reorder", reorderAll(tenant));
  routes.route("/", writesOf(tenant, 1));
  return routes;
}

/** What version 2 has of it: create and update. */
export function policyRoutesV2(tenant: Tenant): Routes {
  const routes: Routes = new Hono();
  routes.use("/policySet/*", oneWriteAtATime(tenant));
  routes.route("/", writesOf(tenant, 2));
  return routes;
}

/** At the address that the page gives for it, which lacks `/admin`. */
export function bulkReorderRoutes(tenant: Tenant): Routes {
  const routes: Routes = new Hono();
  routes.use("/policySet/*", oneWriteAtATime(tenant));
  routes.put("/policySet/:setId/reorder", reorderAll(tenant));
  return routes;
}

const reorderAll = (tenant: Tenant) => async (context: Context) => {
  const { id: setId } = setOfId(context.req.param("setId"));
  orderAll(tenant, { setId, microtenantId: microtenantOfCall(context, tenant) }, await bodyOf(context));
  return noContent(context);
};

function writesOf(tenant: Tenant, version: 1 | 2): Routes {
  const routes: Routes = new Hono();

  routes.post("/policySet/:setId/rule", async (context) => {
    const set = setOfId(context.req.param("setId"));
    const microtenantId = microtenantOfCall(context, tenant);
    const fields = ruleFields(tenant, await bodyOf(context), { version, set, microtenantId });
    const now = nowEpochSeconds(tenant);
    const rule: StoredRule = {
      ...fields,
      ...{ setId: set.id, microtenantId, isDefault: false, isRestricted: false, creationTime: now, modifiedTime: now },
      id: nextRuleId(tenant.policies),
      conditionsFrom: takeConditionIds(tenant.policies, fields.conditions),
    };
    const rules = rulesOf(tenant, set.id, microtenantId);
    putRules(tenant, rule, [...rules.filter(({ isDefault }) => !isDefault), rule, ...rules.filter(({ isDefault }) => isDefault)]);
    return answer(context, 201, createdRule(tenant, rule));
  });

  routes.put("/policySet/:setId/rule/:ruleId", async (context) => {
    const rule = ruleOfCall(context, tenant);
    refuseKept(rule, "update");
    const set = setOfId(rule.setId);
    const fields = ruleFields(tenant, await bodyOf(context), { version, set, microtenantId: rule.microtenantId });
    const conditionsFrom = takeConditionIds(tenant.policies, fields.conditions);
    const changed: StoredRule = { ...rule, ...fields, conditionsFrom, modifiedTime: nowEpochSeconds(tenant) };
    const rules = rulesOf(tenant, rule.setId, rule.microtenantId);
    putRules(
      tenant,
      rule,
      rules.map((each) => (each.id === rule.id ? changed : each)),
    );
    return noContent(context);
  });

  return routes;
}

function setOfType(type: string): StoredPolicySet {
  const set = policySets.find(({ names }) => names.includes(type));
  if (set === undefined) throw invalidArgument("policyType");
  return set;
}

function setOfId(setId: string | undefined): StoredPolicySet {
  const set = policySets.find(({ id }) => id === setId);
  if (set === undefined) throw resourceNotFound(setId ?? "");
  return set;
}

/** A rule of another set or microtenant is not there. */
function ruleOfCall(context: Context, tenant: Tenant): StoredRule {
  const { id: setId } = setOfId(context.req.param("setId"));
  const ruleId = context.req.param("ruleId") ?? "";
  const rule = rulesOf(tenant, setId, microtenantOfCall(context, tenant)).find(({ id }) => id === ruleId);
  if (rule === undefined) throw resourceNotFound(ruleId);
  return rule;
}

/** Of actions the page documents ALLOW and DENY, with EQ, and says that only those are supported. */
function refuseOtherActions(search: string): void {
  const [field, operator = "", value = ""] = search.replaceAll("+", " ").trim().split(/\s+/);
  if (field !== "action" || (operator.toUpperCase() === "EQ" && ["ALLOW", "DENY"].includes(value.toUpperCase()))) return;
  throw new TenantRefusal(400, {
    params: [value],
    id: "filtering.input.invalid.operand",
    reason: `Invalid operand:${value} in Filtering criteria.`,
  });
}

/** The real service refuses a write while another one is at work on its policies. */
const oneWriteAtATime =
  (tenant: Tenant): MiddlewareHandler =>
  async (context, next) => {
    if (context.req.method === "GET") return next();
    const { policies } = tenant;
    if (policies.isWriting) {
      throw new TenantRefusal(409, {
        params: ["com.zscaler.zpn.model.PolicySet"],
        id: "api.concurrent.access.error",
        reason: "Unable to modify the resource due to concurrent change requests. Try again",
      });
    }
    policies.isWriting = true;
    try {
      await new Promise((done) => setImmediate(done)); // what arrived at the same moment finds it at work
      return await next();
    } finally {
      policies.isWriting = false;
    }
  };
