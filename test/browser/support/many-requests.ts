import { valuesOf } from "../../../sandbox/page/browser/form-state.ts";
import { CHANNELS, PEOPLE } from "../../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../../sandbox/story/read-blocks.ts";
import { until } from "../../../sandbox/story/until.ts";
import type { Journey } from "./journey.ts";

const { requester: ana } = PEOPLE;

/** Ana asks for db-prod, once for each reason, through the form. */
export async function ask({ sandbox }: Journey, reasons: readonly string[]): Promise<void> {
  const { control } = sandbox.slack;
  for (const reason of reasons) {
    const text = `request db-prod weekdays 9-17 Europe/Berlin for 2 weeks because ${reason}`;
    const form = await until(`the form for ${reason}`, async () => {
      await control.command({ userId: ana.id, channelId: CHANNELS.general.id, command: "/pra", text });
      const view = await until("a form", async () => {
        const top = (await control.state()).views[ana.id]?.at(-1)?.view;
        return top?.type === "modal" && top.submit ? top : null;
      });
      if (JSON.stringify(valuesOf(view)).includes("db-prod")) return view;
      await control.close({ userId: ana.id }); // the catalog is still being read
      return null;
    });
    const { errors } = await control.submit({ userId: ana.id, values: valuesOf(form) });
    if (errors) throw new Error(JSON.stringify(errors));
  }
}

/** Waits until a person's App Home lists all of these. */
export const isOnHome = ({ sandbox }: Journey, userId: string, reasons: readonly string[]): Promise<true> =>
  until("the App Home to list them", async () => {
    await sandbox.slack.control.openHome({ userId });
    const home = (await sandbox.slack.control.state()).homes[userId];
    return home && reasons.every((reason) => textOf(home.blocks).includes(reason)) ? true : null;
  });

/** Somebody else approves one of them, on their own card. */
export async function approveElsewhere({ sandbox }: Journey, userId: string, reason: string): Promise<void> {
  const { control } = sandbox.slack;
  const { card, button } = await until(`the card of ${reason}`, async () => {
    const { channels, messages } = await control.state();
    const own = new Set(channels.filter(({ kind, members }) => kind === "im" && members.includes(userId)).map(({ id }) => id));
    const card = messages.find(({ blocks, channel }) => own.has(channel) && textOf(blocks).includes(reason));
    const button = card && buttonNamed(card.blocks, "Approve");
    return card && button ? { card, button } : null;
  });
  const { value, action_id: actionId = "" } = button.element;
  const element = { type: "button", ...(value === undefined ? {} : { value }) };
  await control.messageAction({ userId, channelId: card.channel, ts: card.ts, blockId: button.blockId, actionId, element });
}
