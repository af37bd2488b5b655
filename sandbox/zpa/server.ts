import type { HttpBindings } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import type { Clock } from "../../src/clock.ts";
import { systemClock } from "../../src/clock.ts";
import { countCalls } from "../simulator/count-calls.ts";
import { serveSimulator } from "../simulator/serve-simulator.ts";
import { approvalRoutes } from "./approval-routes.ts";
import { catalogRoutes } from "./catalog-routes.ts";
import { consoleRoutes } from "./console-routes.ts";
import type { TenantControl } from "./control.ts";
import { controlClient } from "./control-client.ts";
import { controlRoutes } from "./control-routes.ts";
import { credentialRoutes } from "./credential-routes.ts";
import { injectTenantFaults } from "./faults.ts";
import { type KeepTenant, keptIn } from "./keep-tenant.ts";
import { bulkReorderRoutes, policyRoutes, policyRoutesV2 } from "./policy-routes.ts";
import { createRateLimit, type RateLimitScope } from "./rate-limit.ts";
import { TenantRefusal } from "./refusal.ts";
import { refusal } from "./respond.ts";
import type { SeedOptions } from "./seed.ts";
import { createSignIn, type TenantCredentials } from "./sign-in.ts";
import { createTenant, type Tenant } from "./tenant.ts";

export interface TenantOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: "127.0.0.1";
  /** Default: the machine's. `control.clock` adds to it. */
  readonly clock?: Clock;
  readonly seed: SeedOptions;
  readonly credentials?: TenantCredentials;
  readonly rateLimit?: RateLimitScope;
  /** Written after each change, and read at the start, where its seed counts before `seed`. Default: nothing outlives the tenant. */
  readonly keepIn?: string | null;
  /** What the rate limit's ten seconds are measured by. Default: the machine's. */
  readonly monotonicMilliseconds?: () => number;
}

export interface RunningTenant {
  /** Base for both `ZPA_API_URL` and `ZPA_AUTH_URL`. */
  readonly url: string;
  readonly customerId: string;
  readonly credentials: TenantCredentials;
  readonly control: TenantControl;
  /** Cuts every connection, also the ones that a fault left without an answer. */
  close(): Promise<void>;
}

const defaultCredentials: TenantCredentials = { clientId: "portcullis-sandbox", clientSecret: "sandbox-secret", assertionPublicKey: null };
const customerId = "216196257331281920";

/** Starts a simulated ZPA tenant: both sign-ins, both path prefixes, and `/control`. */
export async function startTenant(options: TenantOptions): Promise<RunningTenant> {
  const { port, host, clock = systemClock, seed, credentials = defaultCredentials, rateLimit = "path" } = options;
  const tenant = createTenant({ clock, customerId, seed });
  const { monotonicMilliseconds = () => performance.now(), keepIn = null } = options;
  const keep = keepIn === null ? null : keptIn(tenant, keepIn);
  const app = tenantApp(tenant, credentials, createRateLimit(rateLimit, monotonicMilliseconds), keep);
  const { url, close } = await serveSimulator(app, { port, host });
  return {
    url,
    customerId,
    credentials,
    control: controlClient(url),
    close,
  };
}

type TenantApp = Hono<{ Bindings: HttpBindings }>;

function tenantApp(
  tenant: Tenant,
  credentials: TenantCredentials,
  limit: ReturnType<typeof createRateLimit>,
  keep: KeepTenant | null,
): TenantApp {
  const app: TenantApp = new Hono();
  const signIn = createSignIn(tenant, credentials);
  const api: TenantApp = new Hono();
  api.use(customerOnly(tenant), limited(limit), kept(keep));
  api.route("/approval", approvalRoutes(tenant));
  api.route("/praConsole", consoleRoutes(tenant));
  api.route("/", catalogRoutes(tenant));
  api.route("/credential", credentialRoutes(tenant));
  api.route("/", policyRoutes(tenant));
  const others = [
    { path: "v2/admin/customers", api: policyRoutesV2(tenant) },
    { path: "v1/customers", api: bulkReorderRoutes(tenant) },
  ].map(({ path, api: routes }) => {
    const guarded: TenantApp = new Hono();
    guarded.use(customerOnly(tenant), limited(limit), kept(keep));
    return { path, api: guarded.route("/", routes) };
  });

  app.use("/control/*", kept(keep));
  app.route("/control", controlRoutes(tenant));
  app.route("/", signIn.routes);
  for (const [prefix, door] of [
    ["", "legacy"],
    ["/zpa", "oneapi"],
  ] as const) {
    for (const { path, api: routes } of [{ path: "v1/admin/customers", api }, ...others]) {
      const base = `${prefix}/mgmtconfig/${path}/:customerId`;
      app.use(`${base}/*`, countCalls(tenant), injectTenantFaults(tenant), signIn.requireToken(door));
      app.route(base, routes);
    }
  }
  app.notFound((context) => refusal(context, new TenantRefusal(404, { id: "not.found", reason: "Not found" })));
  app.onError((error, context) => {
    if (error instanceof TenantRefusal) return refusal(context, error);
    if (error instanceof SyntaxError) return refusal(context, new TenantRefusal(400, { id: "malformed.json", reason: "Malformed JSON" }));
    console.error(error);
    return refusal(context, new TenantRefusal(500, { id: "internal.server.error", reason: "An unexpected error occurred." }));
  });
  return app;
}

const kept =
  (keep: KeepTenant | null): MiddlewareHandler =>
  async (context, next) => {
    await next();
    if (context.req.method !== "GET") keep?.();
  };

const customerOnly =
  (tenant: Tenant): MiddlewareHandler =>
  async (context, next) => {
    if (context.req.param("customerId") !== tenant.customerId) {
      throw new TenantRefusal(403, { id: "access.denied", reason: "Access denied" });
    }
    return next();
  };

const limited =
  (limit: (method: string, path: string) => void): MiddlewareHandler =>
  async (context, next) => {
    limit(context.req.method, context.req.path.replace(/^\/zpa/, ""));
    return next();
  };
