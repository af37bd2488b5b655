import type { SailPointControl, SailPointState } from "../../sailpoint/control.ts";
import type { SlackControl } from "../../slack/control.ts";
import type { TenantControl, TenantState } from "../../zpa/control.ts";
import type { Scene } from "../scene.ts";

async function call<Answer>(path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(
    path,
    body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  );
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
  return (text ? JSON.parse(text) : null) as Answer;
}

type PersonVerbs = Pick<
  SlackControl,
  "command" | "say" | "shortcut" | "openHome" | "messageAction" | "viewAction" | "options" | "submit" | "close" | "state"
>;

/** The simulated workspace's control side, through the page's own origin. */
export const slackControl: PersonVerbs = {
  command: (input) => call("/slack/control/command", input),
  say: (input) => call("/slack/control/say", input),
  shortcut: (input) => call("/slack/control/shortcut", input),
  openHome: (input) => call("/slack/control/openHome", input),
  messageAction: (input) => call("/slack/control/messageAction", input),
  viewAction: (input) => call("/slack/control/viewAction", input),
  options: (input) => call("/slack/control/options", input),
  submit: (input) => call("/slack/control/submit", input),
  close: (input) => call("/slack/control/close", input),
  state: () => call("/slack/control/state"),
};

export const tenantControl = {
  state: () => call<TenantState>("/tenant/control/state"),
  deleteApproval: (input: Parameters<TenantControl["deleteApproval"]>[0]) => call<object>("/tenant/control/deleteApproval", input),
  changeApproval: (input: Parameters<TenantControl["changeApproval"]>[0]) => call<object>("/tenant/control/changeApproval", input),
  addApproval: (input: Parameters<TenantControl["addApproval"]>[0]) => call<{ id: string }>("/tenant/control/addApproval", input),
  access: (input: Parameters<TenantControl["access"]>[0]) =>
    call<{ allowed: boolean; approvalIds: string[] }>("/tenant/control/access", input),
};

export const sailpointControl = {
  state: () => call<SailPointState>("/sailpoint/control/state"),
  createApprovals: (input: Parameters<SailPointControl["createApprovals"]>[0]) =>
    call<{ ids: string[] }>("/sailpoint/control/createApprovals", input),
  decide: (input: Parameters<SailPointControl["decide"]>[0]) => call<object>("/sailpoint/control/decide", input),
  setAttributes: (input: Parameters<SailPointControl["setAttributes"]>[0]) => call<object>("/sailpoint/control/setAttributes", input),
  cancel: (input: Parameters<SailPointControl["cancel"]>[0]) => call<object>("/sailpoint/control/cancel", input),
};

export const page = {
  scene: () => call<Scene>("/scene"),
  clock: () => call<{ offsetMilliseconds: number }>("/clock"),
  moveClock: (to: Date) => call<{ offsetMilliseconds: number }>("/clock", { to: to.toISOString() }),
};
