import { pino } from "pino";
import { fromUnknown } from "../../../src/errors.ts";
import { noFault } from "../../../src/fault-points.ts";
import { randomIds } from "../../../src/ids.ts";
import { startJobs } from "../../../src/jobs/start-jobs.ts";
import { settleRequest } from "../../../src/services/access/settle-request.ts";
import type { Holder } from "../../../src/services/approvals/approval.ts";
import { readApproval } from "../../../src/services/approvals/approval-rows.ts";
import { decideApproval, type PersonCommand } from "../../../src/services/approvals/decide-approval.ts";
import { runApprovalTimer } from "../../../src/services/approvals/run-timer.ts";
import type { People } from "../../../src/services/directory/person.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { type Answer, DEADLINE, type Go, personOf, type Side } from "./race-rounds.ts";

/** A replica in the race: at each message it does its share of the rounds named there, all at once, and says what it was answered. */
const [url = "", side = "first"] = process.argv.slice(2) as [string, Side];
const log = pino({ level: "silent" });
const database = await openDatabase({ url, folder: "", log });
const before = { now: () => new Date(DEADLINE.getTime() - 1) };
const jobs = await startJobs({ database, clock: before, log });
const people: People = {
  trusted: async ({ userId }) => personOf(userId),
  groupsOf: async () => [],
  membersOf: async () => [],
  isAdmin: async (userId) => userId === "root",
};
const person = (userId: string): Holder => ({ kind: "person", userId });
const { db } = database;
const onSettled = settleRequest({ jobs, ids: randomIds, log, overnightHours: "next-day" });
const ports = { db, jobs, people, admins: [person("root")], onSettled, faultPoint: noFault, ids: randomIds, log };
const decide = decideApproval({ ...ports, clock: before });
const ring = runApprovalTimer({ ...ports, clock: { now: () => DEADLINE } });

/** A head start for the others, of as many look-ups: a click, a form and a timer's worker take their way to the lock. */
async function behind<T>(lookUps: number, approvalId: string, run: () => Promise<T>): Promise<T> {
  for (let asked = 0; asked < lookUps; asked += 1) await readApproval(db, approvalId);
  return run();
}

const by = (userId: string) => ({ teamId: "T1", userId });
/** Half of the commands come from a card, which goes stale, the other half from where there are none. Who is slower differs by round. */
const deedsOf = (approvalId: string, place: number): [Answer["deed"], () => Promise<unknown>][] => {
  const version = place % 2 === 0 ? 1 : null;
  const timeout = () => behind(place % 11, approvalId, () => ring({ approvalId }));
  const slowly = (command: PersonCommand) => () => behind((place % 3) * 2, approvalId, () => decide(approvalId, command));
  const at = (command: PersonCommand) => () => decide(approvalId, command);
  return side === "first"
    ? [
        ["approve", slowly({ kind: "approve", by: by("bo"), version, comment: "fine" })],
        ["reassign", at({ kind: "reassign", by: by("cy"), version, from: null, to: person("ed"), comment: "ill" })],
        ["timeout", timeout],
      ]
    : [
        ["timeout", timeout],
        ["reassign", at({ kind: "reassign", by: by("root"), version, from: person("bo"), to: person("flo"), comment: null })],
        ["reject", slowly({ kind: "reject", by: by("cy"), version, comment: "no" })],
      ];
};

process.on("message", async ({ rounds }: Go) => {
  const answers = rounds.flatMap(({ place, approvalId }) =>
    deedsOf(approvalId, place).map(async ([deed, run]): Promise<Answer> => {
      try {
        await run();
        return { place, side, deed, outcome: "ok", cause: "" };
      } catch (thrown) {
        const error = fromUnknown(thrown);
        return { place, side, deed, outcome: error.code, cause: error.code === "unexpected" ? String(error.cause) : "" };
      }
    }),
  );
  process.send?.(await Promise.all(answers));
});
process.send?.("ready");
