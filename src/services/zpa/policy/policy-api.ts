import type { Api } from "../api.ts";
import { inMicrotenant } from "../approvals-api.ts";
import { createdId } from "../created-id.ts";
import { deleteObject } from "../delete-object.ts";
import { allPages, understood } from "../pages.ts";
import type { Turns } from "../turns.ts";
import type { PolicyApi } from "./policy.ts";
import { inOrder, namesOnWire, ruleOnWire, setOnWire } from "./policy-wire.ts";
import { createBody, updateBody } from "./rule-body.ts";

/** `/policySet` and what its conditions are made of. It waits behind ends and grants, as all administration does. */
export function policyApi(api: Api, turns: Turns): PolicyApi {
  const read = async (path: string, query: Readonly<Record<string, string>>): Promise<unknown> =>
    (await api.send({ method: "GET", path, query, priority: "read" })).body;

  return {
    set: async (type, options) => {
      const path = `policySet/policyType/${type}`;
      return understood(setOnWire, await read(path, inMicrotenant(options)), path);
    },
    rules: async (type, options = {}) => {
      const query = { ...inMicrotenant(options), ...(options.search === undefined ? {} : { search: options.search }) };
      return inOrder(await allPages(api, { path: `policySet/rules/policyType/${type}`, query, item: ruleOnWire, priority: "read" }));
    },
    rule: async (setId, ruleId, options) => {
      const path = rulePath(setId, ruleId);
      return understood(ruleOnWire, await read(path, inMicrotenant(options)), path);
    },
    createRule: (setId, draft, { version, ...place }) =>
      turns.run(async () => {
        const path = `${setPath(setId)}/rule`;
        const body = createBody(setId, draft, version);
        const done = await api.send({ method: "POST", path, version, query: inMicrotenant(place), body, priority: "read" });
        return { id: createdId(done, path) };
      }),
    updateRule: (setId, current, change, { version }) =>
      turns.run(async () => {
        const body = updateBody({ setId, current, version }, change);
        const path = rulePath(setId, current.id);
        await api.send({ method: "PUT", path, version, query: inMicrotenant(current), body, priority: "read" });
      }),
    deleteRule: (setId, ruleId, options) =>
      turns.run(() => deleteObject(api, { path: rulePath(setId, ruleId), query: inMicrotenant(options), priority: "read" })),
    reorder: (setId, ruleId, order, options) =>
      turns.run(async () => {
        const path = `${rulePath(setId, ruleId)}/reorder/${order}`;
        await api.send({ method: "PUT", path, query: inMicrotenant(options), body: {}, priority: "read" });
      }),
    // The page leaves `/admin` out of this path; recorded calls have it, as all others do.
    reorderAll: (setId, ruleIds, options) =>
      turns.run(async () => {
        const path = `${setPath(setId)}/reorder`;
        await api.send({ method: "PUT", path, query: inMicrotenant(options), body: ruleIds, priority: "read" });
      }),
    clientTypes: async (options) => understood(namesOnWire, await read("clientTypes", inMicrotenant(options)), "clientTypes"),
    platforms: async (options) => understood(namesOnWire, await read("platform", inMicrotenant(options)), "platform"),
    inOneTurn: (work) => turns.run(() => work(policyApi(api, taken))),
  };
}

/** Of whoever has the turn already. */
const taken: Turns = { run: (work) => work() };

const setPath = (setId: string): string => `policySet/${encodeURIComponent(setId)}`;
const rulePath = (setId: string, ruleId: string): string => `${setPath(setId)}/rule/${encodeURIComponent(ruleId)}`;
