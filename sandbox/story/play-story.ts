import type { ModalView } from "@slack/types";
import { actionIdOf, valuesOf } from "../page/browser/form-state.ts";
import type { Delivery, SimMessage, SimView, SlackControl } from "../slack/control.ts";
import { CHANNELS, PEOPLE } from "../slack/seed.ts";
import type { TenantControl } from "../zpa/control.ts";
import { buttonNamed, elementOfType, filledIn, textOf } from "./read-blocks.ts";
import { StoryError, until } from "./until.ts";

interface StoryCalls {
  /** To the ZPA API, by HTTP method. */
  readonly zpa: Readonly<Record<string, number>>;
  readonly zpaAuth: number;
  /** To Slack's Web API, by method. */
  readonly slack: Readonly<Record<string, number>>;
}

export type StoryStep =
  | { readonly step: "ready"; readonly consoles: number }
  | { readonly step: "command"; readonly by: string; readonly text: string }
  | { readonly step: "form"; readonly title: string; readonly filled: Readonly<Record<string, string>> }
  | { readonly step: "submitted"; readonly by: string }
  | { readonly step: "card"; readonly to: string; readonly text: string }
  | { readonly step: "approved"; readonly by: string }
  | { readonly step: "granting"; readonly text: string }
  | { readonly step: "granted"; readonly text: string }
  | { readonly step: "done"; readonly privilegedApproval: Readonly<Record<string, unknown>>; readonly calls: StoryCalls };

interface Stage {
  readonly slack: SlackControl;
  readonly tenant: TenantControl;
  readonly tell: (step: StoryStep) => void;
}

const { requester: ana, approver: ben } = PEOPLE;
const words = "request db-prod weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123";

const acked = <Result extends Delivery>(what: string, delivery: Result): Result => {
  if (delivery.status !== "acked") throw new StoryError(`${what} was not acknowledged by the bot: ${delivery.status}.`);
  return delivery;
};

const topView = async ({ slack }: Stage, userId: string): Promise<(SimView & { view: ModalView }) | null> => {
  const top = (await slack.state()).views[userId]?.at(-1);
  return top?.view.type === "modal" ? { ...top, view: top.view } : null;
};

/** A form that can be filled in: not the loading view that may stand there first. */
const openForm = async (stage: Stage) => {
  const top = await topView(stage, ana.id);
  return top?.view.submit && elementOfType(top.view.blocks, "multi_external_select") ? top : null;
};

/** The bot has read the tenant's consoles once a person finds one by typing. */
async function awaitCatalog(stage: Stage): Promise<void> {
  const { slack, tenant, tell } = stage;
  acked("/pra", await slack.command({ userId: ana.id, channelId: CHANNELS.general.id, command: "/pra", text: "" }));
  const { view } = await until("the request form", () => openForm(stage));
  const consoles = elementOfType(view.blocks, "multi_external_select");
  if (!consoles) throw new StoryError("The form has no list of consoles.");
  await until("db-prod in the list of consoles", async () => {
    const found = await slack.options({
      userId: ana.id,
      surface: "modal",
      blockId: consoles.blockId,
      actionId: actionIdOf(consoles.element),
      value: "db-prod",
    });
    return found.options.some(({ text }) => text === "db-prod");
  });
  await slack.close({ userId: ana.id });
  await slack.resetCalls({});
  await tenant.resetCalls({});
  tell({ step: "ready", consoles: (await tenant.state()).consoles.length });
}

async function askForAccess(stage: Stage): Promise<void> {
  const { slack, tell } = stage;
  tell({ step: "command", by: ana.realName, text: `/pra ${words}` });
  acked("/pra request", await slack.command({ userId: ana.id, channelId: CHANNELS.general.id, command: "/pra", text: words }));
  const { view } = await until("the request form", () => openForm(stage));
  const values = valuesOf(view);
  const filled = filledIn(view.blocks, values);
  const read = Object.values(filled).join("\n");
  for (const expected of ["db-prod", "09:00", "17:00", "Europe/Berlin", "OPS-123"]) {
    if (!read.includes(expected))
      throw new StoryError(`The form opened without "${expected}" filled in. It holds: ${read.replaceAll("\n", "; ")}`);
  }
  tell({ step: "form", title: view.title.text, filled });
  const { errors } = acked("The form", await slack.submit({ userId: ana.id, values }));
  if (errors) throw new StoryError(`The form was sent back: ${Object.values(errors).join(" ")}`);
  tell({ step: "submitted", by: ana.realName });
}

const messagesTo = async (slack: SlackControl, userId: string): Promise<SimMessage[]> => {
  const { channels, messages } = await slack.state();
  const own = new Set(channels.filter(({ kind, members }) => kind === "im" && members.includes(userId)).map(({ id }) => id));
  return messages.filter(({ channel }) => own.has(channel));
};

async function approve({ slack, tell }: Stage): Promise<void> {
  const { card, button } = await until(`a card with an Approve button for ${ben.realName}`, async () => {
    for (const card of await messagesTo(slack, ben.id)) {
      const button = buttonNamed(card.blocks, "Approve");
      if (button) return { card, button };
    }
    return null;
  });
  tell({ step: "card", to: ben.realName, text: card.text });
  const { value } = button.element;
  acked(
    "Approve",
    await slack.messageAction({
      userId: ben.id,
      channelId: card.channel,
      ts: card.ts,
      blockId: button.blockId,
      actionId: actionIdOf(button.element),
      element: { type: "button", ...(value === undefined ? {} : { value }) },
    }),
  );
  tell({ step: "approved", by: ben.realName });
}

/** Watches the requester's card until it says Granted. Granting is told when it was seen: it can be too short for that. */
async function awaitGranted({ slack, tell }: Stage): Promise<void> {
  let isGrantingTold = false;
  const granted = await until("Granted on the requester's card", async () => {
    for (const { blocks, text } of await messagesTo(slack, ana.id)) {
      const shown = textOf(blocks);
      if (/\bFailed\b/.test(shown)) throw new StoryError(`The request failed: ${shown.replaceAll("\n", " ")}`);
      if (/\bGranting\b/.test(shown) && !isGrantingTold) {
        isGrantingTold = true;
        tell({ step: "granting", text });
      }
      if (/\bGranted\b/.test(shown)) return text;
    }
    return null;
  });
  tell({ step: "granted", text: granted });
}

/**
 * The main job once, by the same control HTTP as the page: Ana asks, Ben approves, the bot writes and proves it.
 * @throws StoryError with a sentence at the first thing that went otherwise
 */
export async function playStory(stage: Stage): Promise<Extract<StoryStep, { step: "done" }>> {
  const { slack, tenant, tell } = stage;
  await until("the bot's connection to Slack", async () => {
    const { connectedSockets, calls } = await slack.state();
    return connectedSockets > 0 || Object.keys(calls).length > 0;
  });
  await awaitCatalog(stage);
  await askForAccess(stage);
  await approve(stage);
  await awaitGranted(stage);

  const { approvals, calls, authCalls } = await tenant.state();
  const own = approvals.filter(({ emailIds }) => Array.isArray(emailIds) && emailIds.includes(ana.email));
  const [privilegedApproval] = own;
  if (!privilegedApproval || own.length > 1)
    throw new StoryError(`The tenant holds ${own.length} privileged approvals for ${ana.email}; one was due.`);
  const seen = await slack.state();
  if (seen.refusals.length > 0) throw new StoryError(`Slack would have refused: ${JSON.stringify(seen.refusals[0])}`);
  const done = { step: "done", privilegedApproval, calls: { zpa: calls, zpaAuth: authCalls, slack: seen.calls } } as const;
  tell(done);
  return done;
}
