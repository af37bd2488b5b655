import type { Command } from "commander";
import type { ZpaFlags, ZpaFrame } from "./frame.ts";
import { registerGet } from "./get-command.ts";
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

  registerGet(microtenants, frame, {
    example: "145260601092866314",
    look: async ({ microtenants: api }, id) => {
      const microtenant = await api.get(id);
      const lines = factLines([
        ["Id", microtenant.id],
        ["Name", microtenant.name],
        ["Enabled", microtenant.enabled ? "yes" : "no"],
        ["Privileged approvals", microtenant.privilegedApprovalsEnabled ? "yes" : "no"],
      ]);
      return { json: { microtenant }, lines };
    },
  });
}
