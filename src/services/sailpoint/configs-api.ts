import { z } from "zod";
import type { Api } from "./api.ts";
import { understood } from "./list-approvals.ts";
import type { SailPointClient } from "./sailpoint-client.ts";

const config = z.record(z.string(), z.unknown());

/** `/generic-approvals/config`. */
export const configsApi = (api: Api): SailPointClient["configs"] => ({
  get: async (id) => understood(config, (await api.send({ operation: "getConfig", id, priority: "look" })).body),
  put: async ({ id, scope }, body) =>
    understood(config, (await api.send({ operation: "putConfig", id, scope, body, priority: "look" })).body),
});
