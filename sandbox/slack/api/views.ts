import { z } from "zod";
import { changeModal, findModal, showHome, showModal } from "../people/view-stack.ts";
import { viewPayload } from "../workspace.ts";
import { type ApiContext, type Method, method, refuse, structure } from "./method.ts";

function person({ triggers }: ApiContext, triggerId: string): string {
  const exchanged = triggers.exchange(triggerId);
  return "userId" in exchanged ? exchanged.userId : refuse(exchanged.error);
}

const opening = z.object({ trigger_id: z.string(), view: structure });

export const views: Readonly<Record<string, Method>> = {
  "views.open": method({ args: opening }, ({ trigger_id, view }, context) => ({
    view: viewPayload(showModal(context.workspace, person(context, trigger_id), view, "open")),
  })),
  "views.push": method({ args: opening }, ({ trigger_id, view }, context) => ({
    view: viewPayload(showModal(context.workspace, person(context, trigger_id), view, "push")),
  })),
  "views.update": method(
    {
      args: z
        .object({ view_id: z.string().optional(), external_id: z.string().optional(), hash: z.string().optional(), view: structure })
        .refine(({ view_id, external_id }) => view_id || external_id, "missing required field: view_id or external_id"),
    },
    ({ view_id, external_id, hash, view }, { workspace }) => {
      const open = findModal(workspace, (each) => (view_id ? each.id === view_id : each.view.external_id === external_id));
      if (!open) return refuse("not_found");
      if (hash && hash !== open.hash) return refuse("hash_conflict");
      return { view: viewPayload(changeModal(workspace, open, view)) };
    },
  ),
  "views.publish": method(
    { args: z.object({ user_id: z.string(), hash: z.string().optional(), view: structure }) },
    ({ user_id, hash, view }, { workspace }) => {
      if (!workspace.users.has(user_id)) refuse("user_not_found");
      return { view: viewPayload(showHome(workspace, user_id, view, hash)) };
    },
  ),
};
