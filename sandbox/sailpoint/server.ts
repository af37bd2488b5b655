import { Hono, type MiddlewareHandler } from "hono";
import { type Clock, systemClock } from "../../src/clock.ts";
import { countCalls } from "../simulator/count-calls.ts";
import { serveSimulator } from "../simulator/serve-simulator.ts";
import { approvalRoutes } from "./approval-routes.ts";
import { catchUp } from "./bulk-orders.ts";
import { bulkRoutes } from "./bulk-routes.ts";
import { configRoutes } from "./config-routes.ts";
import type { SailPointControl } from "./control.ts";
import { controlClient } from "./control-client.ts";
import { controlRoutes } from "./control-routes.ts";
import { injectTenantFaults } from "./faults.ts";
import { keptIn } from "./keep-tenant.ts";
import { limitRate } from "./rate-limit.ts";
import { internalFault, notFound, SailPointRefusal } from "./refusal.ts";
import { type ApiEnvironment, refusal } from "./respond.ts";
import { botClient, defaultSeed, type Seed } from "./seed.ts";
import { createSignIn } from "./sign-in.ts";
import { createTenant, type Quirks, type Tenant } from "./tenant.ts";

export interface SailPointOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: "127.0.0.1";
  /** Default: the machine's. `control.clock` adds to it. */
  readonly clock?: Clock;
  readonly seed?: Seed;
  /** Default `live`. */
  readonly quirks?: Quirks;
  /** What `/v2025` answers: as it is now (default), or as it was until February 2026. */
  readonly v2025?: "current" | "seed";
  readonly tokenSeconds?: number;
  /** How long a bulk command takes, on the tenant's clock. Default: a second. */
  readonly bulkDelayMilliseconds?: number;
  readonly random?: () => number;
  /** The file that approvals and configurations are kept in for the next start. Default: nothing outlives the tenant. */
  readonly keepIn?: string | null;
  /** What the rate limit's ten seconds are measured by. Default: the machine's. */
  readonly monotonicMilliseconds?: () => number;
}

export interface RunningSailPoint {
  /** For `SAILPOINT_API_URL`. */
  readonly url: string;
  /** A token of an organisation admin. */
  readonly credentials: { readonly clientId: string; readonly clientSecret: string };
  readonly control: SailPointControl;
  /** Cuts every connection, also the ones that a fault left without an answer. */
  close(): Promise<void>;
}

/** Starts a simulated SailPoint tenant: sign-in, the approvals under every path, and `/control`. */
export async function startSailPoint(options: SailPointOptions): Promise<RunningSailPoint> {
  const { port, host, clock = systemClock, seed = defaultSeed, quirks = "live", v2025 = "current" } = options;
  const { tokenSeconds = 749, bulkDelayMilliseconds = 1_000, random = () => 0 } = options;
  const { monotonicMilliseconds = () => performance.now(), keepIn = null } = options;
  const tenant = createTenant({ clock, seed, quirks, v2025, tokenSeconds, bulkDelayMilliseconds, random });
  const keep = keepIn === null ? () => {} : keptIn(tenant, keepIn);
  const app = tenantApp(tenant, { monotonicMilliseconds, keep });
  const { url, close } = await serveSimulator(app, { port, host });
  return {
    url,
    credentials: { clientId: botClient.id, clientSecret: botClient.secret },
    control: controlClient(url),
    close,
  };
}

function tenantApp(
  tenant: Tenant,
  { monotonicMilliseconds, keep }: { readonly monotonicMilliseconds: () => number; readonly keep: () => void },
): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  const signIn = createSignIn(tenant);
  app.use("/control/*", kept(keep));
  app.route("/control", controlRoutes(tenant));
  app.use("/oauth/*", injectTenantFaults(tenant));
  app.route("/", signIn.routes);
  for (const [base, version] of [
    ["/v2025/generic-approvals", "v2025"],
    ["/v2026/generic-approvals", "v2026"],
    ["/generic-approvals/v1", "v1"],
  ] as const) {
    const contract = version === "v2025" ? tenant.v2025 : "current";
    const api = new Hono<ApiEnvironment>();
    api.use(countCalls(tenant), injectTenantFaults(tenant), signIn.requireToken, limitRate(version, monotonicMilliseconds));
    api.use(kept(keep), presently(tenant));
    api.route("/", bulkRoutes(tenant));
    api.route("/", configRoutes(tenant, contract));
    api.route("/", approvalRoutes(tenant, contract));
    app.route(base, api);
  }
  app.notFound((context) => refusal(context, notFound()));
  app.onError((error, context) => {
    if (error instanceof SailPointRefusal) return refusal(context, error);
    console.error(error);
    return refusal(context, internalFault());
  });
  return app;
}

const presently =
  (tenant: Tenant): MiddlewareHandler<ApiEnvironment> =>
  async (_context, next) => {
    catchUp(tenant);
    return next();
  };

const kept =
  (keep: () => void): MiddlewareHandler<ApiEnvironment> =>
  async (_context, next) => {
    await next();
    keep();
  };
