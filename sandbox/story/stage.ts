import type { ModalView } from "@slack/types";
import { actionIdOf } from "../page/browser/form-state.ts";
import type { Delivery, SimMessage, SimView, SlackControl } from "../slack/control.ts";
import { CHANNELS, PEOPLE } from "../slack/seed.ts";
import type { TenantControl } from "../zpa/control.ts";
import { buttonNamed, elementOfType, textOf } from "./read-blocks.ts";
import { StoryError, until } from "./until.ts";

/** Where a story plays: the control sides that the page has, too. */
export interface Stage {
  readonly slack: Pick<SlackControl, "state" | "resetCalls" | "command" | "options" | "submit" | "close" | "messageAction">;
  readonly tenant: Pick<TenantControl, "state" | "resetCalls">;
}

/** @throws StoryError when the bot did not acknowledge it */
export const acked = <Result extends Delivery>(what: string, delivery: Result): Result => {
  if (delivery.status !== "acked") throw new StoryError(`${what} was not acknowledged by the bot: ${delivery.status}.`);
  return delivery;
};

const topView = async ({ slack }: Stage, userId: string): Promise<(SimView & { view: ModalView }) | null> => {
  const top = (await slack.state()).views[userId]?.at(-1);
  return top?.view.type === "modal" ? { ...top, view: top.view } : null;
};

/** A form that can be filled in: not the loading view that may stand there first. */
export const openForm = async (stage: Stage, userId: string) => {
  const top = await topView(stage, userId);
  return top?.view.submit && elementOfType(top.view.blocks, "multi_external_select") ? top : null;
};

/** The bot is there once it has a connection, or has called. */
export const awaitConnection = ({ slack }: Stage) =>
  until("the bot's connection to Slack", async () => {
    const { connectedSockets, calls } = await slack.state();
    return connectedSockets > 0 || Object.keys(calls).length > 0;
  });

/**
 * The bot has read the tenant's consoles once a person finds one by typing. Counting of calls starts after that.
 * @returns how many consoles there are
 */
export async function awaitCatalog(stage: Stage): Promise<number> {
  const { slack, tenant } = stage;
  const userId = PEOPLE.requester.id;
  acked("/pra", await slack.command({ userId, channelId: CHANNELS.general.id, command: "/pra", text: "" }));
  const { view } = await until("the request form", () => openForm(stage, userId));
  const consoles = elementOfType(view.blocks, "multi_external_select");
  if (!consoles) throw new StoryError("The form has no list of consoles.");
  await until("db-prod in the list of consoles", async () => {
    const found = await slack.options({
      userId,
      surface: "modal",
      blockId: consoles.blockId,
      actionId: actionIdOf(consoles.element),
      value: "db-prod",
    });
    return found.options.some(({ text }) => text === "db-prod");
  });
  await slack.close({ userId });
  await slack.resetCalls({});
  await tenant.resetCalls({});
  return (await tenant.state()).consoles.length;
}

export const messagesTo = async ({ slack }: Pick<Stage, "slack">, userId: string): Promise<SimMessage[]> => {
  const { channels, messages } = await slack.state();
  const own = new Set(channels.filter(({ kind, members }) => kind === "im" && members.includes(userId)).map(({ id }) => id));
  return messages.filter(({ channel }) => own.has(channel));
};

/** The first message to a person that has a button of this name, and says all of these words. */
export async function cardWithButton(stage: Pick<Stage, "slack">, userId: string, label: string, words: readonly string[] = []) {
  for (const card of await messagesTo(stage, userId)) {
    const button = buttonNamed(card.blocks, label);
    const shown = `${card.text}\n${textOf(card.blocks)}`;
    if (button && words.every((word) => shown.includes(word))) return { card, button };
  }
  return null;
}

/** A person clicks a button under a message. @throws StoryError when the bot did not acknowledge it */
export async function click(
  { slack }: Pick<Stage, "slack">,
  userId: string,
  { card, button }: { readonly card: SimMessage; readonly button: NonNullable<ReturnType<typeof buttonNamed>> },
): Promise<void> {
  const { value, text } = button.element;
  acked(
    text.text,
    await slack.messageAction({
      userId,
      channelId: card.channel,
      ts: card.ts,
      blockId: button.blockId,
      actionId: actionIdOf(button.element),
      element: { type: "button", ...(value === undefined ? {} : { value }) },
    }),
  );
}

/**
 * Watches a person's cards until one says Granted. Granting is told when it was seen: it can be too short for that.
 * @returns the text of the card
 */
export async function awaitGranted(stage: Pick<Stage, "slack">, userId: string, tellGranting: (text: string) => void): Promise<string> {
  let isGrantingTold = false;
  return until("Granted on the card of whoever gets the access", async () => {
    for (const { blocks, text } of await messagesTo(stage, userId)) {
      const shown = textOf(blocks);
      if (/\bFailed\b/.test(shown)) throw new StoryError(`The request failed: ${shown.replaceAll("\n", " ")}`);
      if (/\bGranting\b/.test(shown) && !isGrantingTold) {
        isGrantingTold = true;
        tellGranting(text);
      }
      if (/\bGranted\b/.test(shown)) return text;
    }
    return null;
  });
}

/** The one privileged approval of a person. @throws StoryError when there is none, or more than one */
export function onlyApprovalOf(approvals: readonly Record<string, unknown>[], email: string): Record<string, unknown> {
  const own = approvals.filter(({ emailIds }) => Array.isArray(emailIds) && emailIds.includes(email));
  const [privilegedApproval] = own;
  if (!privilegedApproval || own.length > 1)
    throw new StoryError(`The tenant holds ${own.length} privileged approvals for ${email}; one was due.`);
  return privilegedApproval;
}

/** What Slack's Web API was called for. @throws StoryError when the real one would have refused something */
export async function slackCalls({ slack }: Pick<Stage, "slack">): Promise<Readonly<Record<string, number>>> {
  const { refusals, calls } = await slack.state();
  if (refusals.length > 0) throw new StoryError(`Slack would have refused: ${JSON.stringify(refusals[0])}`);
  return calls;
}
