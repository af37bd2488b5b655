import { z } from "zod";
import { startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";

/** The real bot. Told a number of requests, it makes that many through its own use-case and answers with what is pending then. */
const command = z.object({ requests: z.number(), by: z.object({ teamId: z.string(), userId: z.string() }), console: z.string() });

const portcullis = await startPortcullis({
  config: readConfig(process.env, (path) => {
    throw new Error(`no file was expected: ${path}`);
  }),
  log: createLog("error"),
});

process.on("message", (message) => {
  const { requests, by, console: wanted } = command.parse(message);
  void ask(requests, by, wanted).then((pending) => process.send?.(pending));
});
process.send?.("ready");

async function ask(requests: number, by: { teamId: string; userId: string }, wanted: string) {
  const { access, catalog } = portcullis.services;
  while (catalog.search(wanted, 1).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const consoleIds = catalog.search(wanted, 1).map(({ id }) => id);
  const pending: { approvalId: string; version: number }[] = [];
  for (let i = 0; i < requests; i++) {
    const { id } = await access.submit({
      by,
      beneficiaryUserId: null,
      consoleIds,
      // Windows of their own: five hundred of the same would only measure how they are kept apart.
      time: {
        start: { kind: "at", at: new Date(Date.now() + (i + 60) * 60_000) },
        end: { kind: "after", seconds: 3_600 },
        workingHours: null,
      },
      reason: `OPS-${i}`,
      submissionKey: `bench-${i}`,
    });
    const { approval } = await access.overview(id);
    if (approval) pending.push({ approvalId: approval.id, version: approval.version });
  }
  return pending;
}
