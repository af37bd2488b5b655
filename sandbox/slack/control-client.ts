import { z } from "zod";
import type { SimState, SlackControl } from "./control.ts";

const Refused = z.object({ error: z.string() });

/** The control side of a simulator that runs at `url`, over HTTP. A verb that a person could not do rejects with its sentence. */
export function slackControlClient(url: string): SlackControl {
  const read = async <Output>(response: Response): Promise<Output> => {
    if (!response.ok) throw new Error(Refused.parse(await response.json()).error);
    return (await response.json()) as Output;
  };
  const post =
    <Input, Output>(verb: string) =>
    async (input: Input): Promise<Output> =>
      read(
        await fetch(`${url}/control/${verb}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(input),
        }),
      );
  return {
    command: post("command"),
    shortcut: post("shortcut"),
    openHome: post("openHome"),
    say: post("say"),
    edit: post("edit"),
    unsay: post("unsay"),
    messageAction: post("messageAction"),
    viewAction: post("viewAction"),
    options: post("options"),
    submit: post("submit"),
    close: post("close"),
    fault: post("fault"),
    clearFaults: post("clearFaults"),
    disconnect: post("disconnect"),
    seed: post("seed"),
    resetCalls: post("resetCalls"),
    state: async () => read<SimState>(await fetch(`${url}/control/state`)),
  };
}
