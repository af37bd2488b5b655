import type { Command } from "commander";
import type { ZpaFlags, ZpaFrame } from "./frame.ts";
import { factLines, tableLines } from "./table.ts";

/** `pra zpa microtenants`: whose ids `--microtenant` takes. */
export function registerZpaMicrotenants(zpa: Command, frame: ZpaFrame): void {
  const microtenants = zpa.command("microtenants").description("microtenants, whose ids --microtenant takes");

  microtenants
    .command("list")
    .description("list all")
    .addHelpText("after", "\nExample:\n  $ pra zpa microtenants list")
    .action(async (_: unknown, command: Command) => {
      await frame.read(command.optsWithGlobals<ZpaFlags>(), async (client) => {
        const listed = await client.microtenants.list();
        const rows = listed.map(({ id, name, enabled, privilegedApprovalsEnabled }) => [
          ...[id, name, enabled ? "yes" : "no"],
          privilegedApprovalsEnabled ? "yes" : "no",
        ]);
        return { json: { microtenants: listed }, lines: tableLines(["Id", "Name", "Enabled", "Privileged approvals"], rows, frame.width) };
      });
    });

  microtenants
    .command("get")
    .description("show one")
    .argument("<id>", "its id in ZPA")
    .addHelpText("after", "\nExample:\n  $ pra zpa microtenants get 145260601092866314")
    .action(async (id: string, _: unknown, command: Command) => {
      await frame.read(command.optsWithGlobals<ZpaFlags>(), async (client) => {
        const microtenant = await client.microtenants.get(id);
        const { name, enabled, privilegedApprovalsEnabled } = microtenant;
        const lines = factLines([
          ["Id", microtenant.id],
          ["Name", name],
          ["Enabled", enabled ? "yes" : "no"],
          ["Privileged approvals", privilegedApprovalsEnabled ? "yes" : "no"],
        ]);
        return { json: { microtenant }, lines };
      });
    });
}
