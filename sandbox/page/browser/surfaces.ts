import type { View } from "@slack/types";
import { useEffect, useState } from "preact/hooks";
import type { SimMessage } from "../../slack/control.ts";
import type { Choice, Surface } from "./blocks/surface.ts";
import { slackControl } from "./control.ts";
import { type ElementState, type FormState, valuesOf } from "./form-state.ts";
import { useWorkspace } from "./workspace.ts";

type Busy = ReadonlySet<string>;

function useBusy(): {
  isBusy: Surface["isBusy"];
  during: (blockId: string, actionId: string, act: () => Promise<unknown>) => Promise<void>;
} {
  const [busy, setBusy] = useState<Busy>(new Set());
  return {
    isBusy: (blockId, actionId) => busy.has(`${blockId} ${actionId}`),
    during: async (blockId, actionId, act) => {
      const key = `${blockId} ${actionId}`;
      setBusy((before) => new Set([...before, key]));
      try {
        await act();
      } finally {
        setBusy((before) => new Set([...before].filter((other) => other !== key)));
      }
    },
  };
}

const withChoice = (chosen: FormState, blockId: string, actionId: string, state: ElementState): FormState => ({
  ...chosen,
  [blockId]: { ...chosen[blockId], [actionId]: state },
});

/** Choices for a select whose list the bot has; throws when the bot gave none, which `perform` has told the person. */
const loadedChoices = (delivery: Awaited<ReturnType<typeof slackControl.options>> | null): readonly Choice[] => {
  if (delivery?.status !== "acked") throw new Error("The bot gave no list.");
  return delivery.options.map(({ text, ...option }) => ({ ...option, label: text }));
};

/** A view's surface: its state is the person's until the view goes, and every act carries the whole of it, as in Slack. */
export function useViewSurface(
  kind: "modal" | "home",
  view: View,
  errors: Surface["errors"],
  onTouched: (blockId: string) => void = () => {},
): Surface & { values: FormState } {
  const { me, perform } = useWorkspace();
  const { isBusy, during } = useBusy();
  const [chosen, setChosen] = useState<FormState>({});
  const values = valuesOf(view, chosen);
  const act = (blockId: string, actionId: string, element: Record<string, unknown>, all: FormState) =>
    during(blockId, actionId, () =>
      perform("your choice", () => slackControl.viewAction({ userId: me.id, surface: kind, blockId, actionId, element, values: all })),
    );
  return {
    values,
    errors,
    isBusy,
    stateOf: (blockId, actionId) => values[blockId]?.[actionId],
    change: (blockId, actionId, state, { dispatch }) => {
      onTouched(blockId);
      setChosen((before) => withChoice(before, blockId, actionId, state));
      if (dispatch) void act(blockId, actionId, { ...state }, valuesOf(view, withChoice(chosen, blockId, actionId, state)));
    },
    click: (blockId, actionId, element) => void act(blockId, actionId, element, values),
    options: async (blockId, actionId, value) =>
      loadedChoices(await perform("the list", () => slackControl.options({ userId: me.id, surface: kind, blockId, actionId, value }))),
  };
}

/** A message's surface: choices last until the bot changes the message. */
export function useMessageSurface({ channel, ts, blocks }: SimMessage): Surface {
  const { me, perform } = useWorkspace();
  const { isBusy, during } = useBusy();
  const [chosen, setChosen] = useState<FormState>({});
  useEffect(() => setChosen({}), [JSON.stringify(blocks)]);
  const values = valuesOf({ blocks }, chosen);
  const act = (blockId: string, actionId: string, element: Record<string, unknown>) =>
    during(blockId, actionId, () =>
      perform("your click", () => slackControl.messageAction({ userId: me.id, channelId: channel, ts, blockId, actionId, element })),
    );
  return {
    errors: {},
    isBusy,
    stateOf: (blockId, actionId) => values[blockId]?.[actionId],
    change: (blockId, actionId, state, { dispatch }) => {
      setChosen((before) => withChoice(before, blockId, actionId, state));
      if (dispatch) void act(blockId, actionId, { ...state });
    },
    click: (blockId, actionId, element) => void act(blockId, actionId, element),
    options: async (blockId, actionId, value) =>
      loadedChoices(
        await perform("the list", () =>
          slackControl.options({ userId: me.id, surface: "message", channelId: channel, ts, blockId, actionId, value }),
        ),
      ),
  };
}
