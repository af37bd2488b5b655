import type { Command } from "commander";
import type { ZpaClient } from "../../services/zpa/zpa-client.ts";
import type { Place, Shown, ZpaFlags, ZpaFrame } from "./frame.ts";

interface Get {
  /** What stands behind `get` in the example of the help: an id. */
  readonly example: string;
  readonly look: (zpa: ZpaClient, id: string, place: Place) => Promise<Shown>;
}

/** `get <id>` of one kind of object: one, as it stands in ZPA now. */
export function registerGet(objects: Command, frame: ZpaFrame, { example, look }: Get): void {
  objects
    .command("get")
    .description("show one")
    .argument("<id>", "its id in ZPA")
    .addHelpText("after", `\nExample:\n  $ pra zpa ${objects.name()} get ${example}`)
    .action(async (id: string, _: unknown, command: Command) => {
      await frame.read(command.optsWithGlobals<ZpaFlags>(), (zpa, place) => look(zpa, id, place));
    });
}
