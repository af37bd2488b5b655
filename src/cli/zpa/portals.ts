import type { Command } from "commander";
import type { ZpaFlags, ZpaFrame } from "./frame.ts";
import { registerGet } from "./get-command.ts";
import { factLines, tableLines } from "./table.ts";

/** `pra zpa portals`: privileged portals. */
export function registerZpaPortals(zpa: Command, frame: ZpaFrame): void {
  const portals = zpa.command("portals").description("privileged portals");

  portals
    .command("list")
    .description("list those of one microtenant")
    .addHelpText("after", "\nExample:\n  $ pra zpa portals list --json")
    .action(async (_: unknown, command: Command) => {
      await frame.read(command.optsWithGlobals<ZpaFlags>(), async (client, place) => {
        const listed = await client.portals.list(place);
        const rows = listed.map(({ id, name, domain, enabled }) => [id, name, domain, enabled ? "yes" : "no"]);
        const lines = rows.length === 0 ? ["No portal."] : tableLines(["Id", "Name", "Domain", "Enabled"], rows, frame.width);
        return { json: { portals: listed }, lines };
      });
    });

  registerGet(portals, frame, {
    example: "216196257331400002",
    look: async ({ portals: api }, id, place) => {
      const portal = await api.get(id, place);
      const lines = factLines([
        ["Id", portal.id],
        ["Name", portal.name],
        ["Domain", portal.domain],
        ["Enabled", portal.enabled ? "yes" : "no"],
        ["Microtenant", portal.microtenantId ?? "Default"],
      ]);
      return { json: { portal }, lines };
    },
  });
}
