import type { HomeView, ModalView } from "@slack/types";
import { refuse } from "../api/method.ts";
import { type Checked, checkHome, checkModal, known } from "../blocks/check-blocks.ts";
import { carriedState, initialState, withIds } from "../blocks/elements.ts";
import { changed, newViewHash, type OpenView, topView, type Workspace } from "../workspace.ts";

/** Modals that one person can have open, one over the other. */
const STACK_LIMIT = 3;
/** Bytes of a view's JSON. */
const VIEW_LIMIT = 250_000;

function accepted<V extends ModalView | HomeView>(workspace: Workspace, view: unknown, check: (view: unknown) => Checked<V>): V {
  if (typeof view === "object" && view !== null && JSON.stringify(view).length > VIEW_LIMIT) return refuse("view_too_large");
  const checked = check(view);
  if (checked.ok) return { ...checked.value, blocks: withIds(known(checked.value), () => workspace.id("b").slice(-5).toLowerCase()) };
  return refuse(
    "invalid_arguments",
    checked.complaints.map(({ message, pointer }) => `[ERROR] ${message} [json-pointer:${pointer}]`),
  );
}

function refuseDuplicate(workspace: Workspace, externalId: string | undefined, except?: OpenView): void {
  if (!externalId) return;
  const open = [...workspace.views.values()].flat().concat([...workspace.homes.values()]);
  if (open.some((each) => each !== except && each.view.external_id === externalId)) refuse("duplicate_external_id");
}

/** Shows a modal on top of what the person has open. Refuses as `views.open` and `views.push` do. */
export function showModal(workspace: Workspace, userId: string, given: unknown, how: "open" | "push"): OpenView {
  const view = accepted(workspace, given, checkModal);
  refuseDuplicate(workspace, view.external_id);
  const stack = workspace.views.get(userId) ?? [];
  if (stack.length >= STACK_LIMIT || (how === "push" && stack.length === 0)) {
    return refuse(stack.length === 0 ? "view_not_found" : "push_limit_reached");
  }
  const id = workspace.id("V");
  const below = stack.at(-1);
  const open: OpenView = {
    id,
    rootViewId: below?.rootViewId ?? id,
    previousViewId: below?.id ?? null,
    hash: newViewHash(workspace),
    view,
    values: initialState(known(view)),
  };
  workspace.views.set(userId, [...stack, open]);
  changed(workspace);
  return open;
}

/** Replaces what an open modal shows; typed values stay where the ids stay. */
export function changeModal(workspace: Workspace, open: OpenView, given: unknown): OpenView {
  const view = accepted(workspace, given, checkModal);
  refuseDuplicate(workspace, view.external_id, open);
  open.view = view;
  open.values = carriedState(known(view), open.values);
  open.hash = newViewHash(workspace);
  changed(workspace);
  return open;
}

/** Publishes a person's App Home. */
export function showHome(workspace: Workspace, userId: string, given: unknown, hash: string | undefined): OpenView {
  const before = workspace.homes.get(userId);
  if (before && hash && hash !== before.hash) refuse("hash_conflict");
  const view = accepted(workspace, given, checkHome);
  refuseDuplicate(workspace, view.external_id, before);
  const id = before?.id ?? workspace.id("V");
  const home: OpenView = {
    id,
    rootViewId: id,
    previousViewId: null,
    hash: newViewHash(workspace),
    view,
    values: before ? carriedState(known(view), before.values) : initialState(known(view)),
  };
  workspace.homes.set(userId, home);
  changed(workspace);
  return home;
}

/** Takes the topmost modal away, or all of them. */
export function closeModals(workspace: Workspace, userId: string, which: "top" | "all"): void {
  const stack = workspace.views.get(userId) ?? [];
  const left = which === "all" ? [] : stack.slice(0, -1);
  if (left.length === 0) workspace.views.delete(userId);
  else workspace.views.set(userId, left);
  changed(workspace);
}

export const findModal = (workspace: Workspace, matches: (open: OpenView) => boolean): OpenView | undefined =>
  [...workspace.views.values()].flat().find(matches);

/** The topmost modal; people cannot act on one that is not there. */
export const requireModal = (workspace: Workspace, userId: string): OpenView => {
  const open = topView(workspace, userId);
  if (!open) throw new Error(`${userId} has no modal open.`);
  return open;
};
