import type { Command } from "commander";
import type { CliPorts } from "./run-cli.ts";
import { registerZpaApprovals } from "./zpa/approvals.ts";
import { registerZpaConsoles } from "./zpa/consoles.ts";
import { registerZpaCredentials } from "./zpa/credentials.ts";
import { microtenantArgument, zpaFrame } from "./zpa/frame.ts";
import { registerZpaMicrotenants } from "./zpa/microtenants.ts";
import { registerZpaPolicy } from "./zpa/policy.ts";
import { registerZpaPortals } from "./zpa/portals.ts";
import { registerZpaSegments } from "./zpa/segments.ts";

const WAY = `
ZPA is asked directly: only the ZPA settings are needed. Every write is recorded in the bot's ledger before it is sent and after it,
through the bot that runs, or its database (DATABASE_URL or DATA_DIR); without either it is refused unless --without-ledger is said.
Deletes ask first; with --dry-run every write is only printed.

Examples:
  $ pra zpa consoles list
  $ pra zpa segments list --without-console --json
  $ pra zpa approvals list --microtenant 145260601092866314`;

/** `pra zpa`: what administrators do in the tenant itself. */
export function registerZpa(program: Command, ports: CliPorts): void {
  const zpa = program
    .command("zpa")
    .description("administer privileged remote access in the ZPA tenant itself")
    .option("--microtenant <id>", "where: its id in ZPA, or default", microtenantArgument)
    .addHelpText("after", WAY);
  const frame = zpaFrame(ports);
  registerZpaApprovals(zpa, frame);
  registerZpaConsoles(zpa, frame);
  registerZpaCredentials(zpa, frame);
  registerZpaSegments(zpa, frame);
  registerZpaPolicy(zpa, frame);
  registerZpaPortals(zpa, frame);
  registerZpaMicrotenants(zpa, frame);
}
