import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";

/** The real bot. Told a number of requests, it makes that many through its own use-case and answers with what is pending then. */
const settleMilliseconds = 2_500;
const lookMilliseconds = 100;
const idleShare = 0.2;

const Ask = z.object({ requests: z.number(), by: z.object({ teamId: z.string(), userId: z.string() }), console: z.string() });

const portcullis = await startPortcullis({
  config: readConfig(process.env, (path) => {
    throw new Error(`no file was expected: ${path}`);
  }),
  log: createLog("error"),
});

process.on("message", (message) => {
  if (message === "settle") {
    void settled().then(() => process.send?.("settled"));
    return;
  }
  const { requests, by, console: wanted } = Ask.parse(message);
  void ask(requests, by, wanted).then((pending) => process.send?.(pending));
});
process.send?.("ready");

/** Resolves when the work behind the clicks has died down, or after two and a half seconds of it. */
async function settled(): Promise<void> {
  const deadline = performance.now() + settleMilliseconds;
  for (let share = 1; share > idleShare && performance.now() < deadline; ) {
    const [begin, before] = [performance.now(), process.cpuUsage()];
    await pause(lookMilliseconds);
    const { user, system } = process.cpuUsage(before);
    share = (user + system) / 1_000 / (performance.now() - begin);
  }
}

async function ask(requests: number, by: { teamId: string; userId: string }, wanted: string) {
  const { access, catalog } = portcullis.services;
  while (catalog.search(wanted, 1).length === 0) await pause(20);
  const consoleIds = catalog.search(wanted, 1).map(({ id }) => id);
  const pending: { approvalId: string; version: number }[] = [];
  for (let i = 0; i < requests; i++) {
    const [made] = await access.submit({
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
    if (made === undefined) throw new Error("nothing was made of a submission");
    const { approval } = await access.overview(made.id);
    if (approval) pending.push({ approvalId: approval.id, version: approval.version });
  }
  return pending;
}
