import type { Api } from "../api.ts";
import { inMicrotenant, sortQuery } from "../approvals-api.ts";
import { createdId } from "../created-id.ts";
import { deleteObject } from "../delete-object.ts";
import { allPages, understood } from "../pages.ts";
import { refuseIncomplete, refuseOtherType } from "./check-draft.ts";
import type { CredentialsApi } from "./credential.ts";
import { createBody, credentialOnWire, textsOf, updateBody } from "./credential-wire.ts";

const collection = "credential";
const defaultMicrotenant = "0";

/** `/credential`. What people do with credentials waits behind ends and grants, as all reading does. */
export const credentialsApi = (api: Api): CredentialsApi => ({
  create: async (draft) => {
    refuseIncomplete(draft);
    const done = await api.send({
      method: "POST",
      path: collection,
      query: inMicrotenant(draft),
      body: createBody(draft),
      secrets: textsOf(draft.secret),
      priority: "read",
    });
    return { id: createdId(done, collection) };
  },
  list: (options = {}) => {
    const { search } = options;
    const query = { ...inMicrotenant(options), ...(search === undefined ? {} : { search }), ...sortQuery(options) };
    return allPages(api, { path: collection, query, item: credentialOnWire, priority: "read" });
  },
  get: async (id, options) => {
    const path = credentialPath(id);
    const { body } = await api.send({ method: "GET", path, query: inMicrotenant(options), priority: "read" });
    return understood(credentialOnWire, body, path);
  },
  update: async (current, draft) => {
    refuseOtherType(current, draft);
    refuseIncomplete(draft);
    await api.send({
      method: "PUT",
      path: credentialPath(current.id),
      query: inMicrotenant({ microtenantId: current.microtenantId }),
      body: updateBody(current, draft),
      secrets: textsOf(draft.secret),
      priority: "read",
    });
  },
  delete: (id, options) => deleteObject(api, { path: credentialPath(id), query: inMicrotenant(options), priority: "read" }),
  move: async (id, { from, to }) => {
    const query = { microtenantId: from ?? defaultMicrotenant, targetMicrotenantId: to ?? defaultMicrotenant };
    await api.send({ method: "POST", path: `${credentialPath(id)}/move`, query, priority: "read" });
  },
});

const credentialPath = (id: string): string => `${collection}/${encodeURIComponent(id)}`;
