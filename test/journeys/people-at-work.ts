import { valuesOf } from "../../sandbox/page/browser/form-state.ts";
import type { Delivery, SimMessage, SlackControl } from "../../sandbox/slack/control.ts";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";

const { requester: ana } = PEOPLE;

/** What people do in the simulated workspace, by the reason that a request was made for. */
export const peopleAtWork = (slack: SlackControl) => {
  const cardsOf = async (reason: string): Promise<SimMessage[]> =>
    (await slack.state()).messages.filter(({ blocks, threadTs }) => threadTs === null && textOf(blocks).includes(reason));

  const cardFor = (userId: string, reason: string): Promise<SimMessage> =>
    until(`a card for ${userId}`, async () => {
      const { channels } = await slack.state();
      const own = channels.find(({ kind, members }) => kind === "im" && members.includes(userId))?.id;
      return (await cardsOf(reason)).find(({ channel }) => channel === own) ?? null;
    });

  /** Ana asks for db-prod. */
  const ask = async (reason: string, hours = 2): Promise<void> => {
    const view = await until("the form with db-prod in it", async () => {
      await slack.command({
        ...{ userId: ana.id, channelId: CHANNELS.general.id, command: "/pra" },
        text: `request db-prod for ${hours}h because ${reason}`,
      });
      const form = await until("a form", async () => {
        const top = (await slack.state()).views[ana.id]?.at(-1)?.view;
        return top?.type === "modal" && top.submit ? top : null;
      });
      if (JSON.stringify(valuesOf(form)).includes("db-prod")) return form;
      await slack.close({ userId: ana.id }); // the catalog is still being read
      return null;
    });
    const { errors, status } = await slack.submit({ userId: ana.id, values: valuesOf(view) });
    if (status !== "acked" || errors) throw new Error(`The request was not taken: ${status} ${JSON.stringify(errors)}`);
  };

  const approve = async (userId: string, reason: string): Promise<Delivery> => {
    const card = await cardFor(userId, reason);
    const button = buttonNamed(card.blocks, "Approve");
    if (!button) throw new Error("The card has no button Approve.");
    const { blockId, element } = button;
    const { channel: channelId, ts } = card;
    return slack.messageAction({
      userId,
      channelId,
      ts,
      blockId,
      actionId: element.action_id ?? "",
      element: { type: "button", value: element.value },
    });
  };

  return { cardsOf, cardFor, ask, approve };
};
