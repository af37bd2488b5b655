import type { Command } from "commander";
import { parse } from "yaml";
import { httpManifest } from "../slack/manifest.ts";
import type { CliPorts } from "./run-cli.ts";

const EXAMPLES = `
Paste what it prints at https://api.slack.com/apps, Create New App, From a manifest.

Examples:
  $ pra manifest                                    for Socket Mode
  $ pra manifest --url https://pra.example.com      for HTTP: Slack posts to https://pra.example.com/slack/events`;

/** `pra manifest`: the Slack app's manifest for the way in which Slack is to reach the bot. */
export function registerManifest(program: Command, ports: CliPorts): void {
  program
    .command("manifest")
    .description("print the Slack app manifest, as YAML or (--json) as JSON")
    .option("--url <address>", "public https address of the bot; leave it out for Socket Mode")
    .addHelpText("after", EXAMPLES)
    .action((_flags: unknown, command: Command) => {
      const { url, json } = command.optsWithGlobals<{ url?: string; json?: boolean }>();
      const text = url === undefined ? ports.manifest() : httpManifest(ports.manifest(), url);
      ports.output.write(json ? `${JSON.stringify(parse(text))}\n` : text);
    });
}
