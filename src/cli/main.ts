import "../process-zone.ts";
import { readFileSync } from "node:fs";
import { runCli } from "./run-cli.ts";

const here = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

// Whoever reads on the other side of a pipe may have read enough, as `head` does.
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code === "EPIPE") process.exit(0);
  throw cause;
});

const status = await runCli(process.argv.slice(2), {
  env: process.env,
  readFile: (path) => readFileSync(path, "utf8"),
  output: process.stdout,
  errors: process.stderr,
  manifest: () => here("../../manifest.yml"),
  packageJson: () => here("../../package.json"),
});
// A call that the doctor gave up on would keep the process; what is written goes out first.
process.stdout.write("", () => process.exit(status));
