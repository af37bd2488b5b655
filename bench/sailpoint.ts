import type { ApprovalInput } from "../sandbox/sailpoint/control.ts";
import { IDENTITIES } from "../sandbox/sailpoint/seed.ts";
import { createSailPointBudget, sailPointSlotRules } from "../src/services/sailpoint/budget.ts";
import { createMemorySlots } from "../src/services/zpa/memory-slots.ts";
import { openDatabase } from "../src/store/open-database.ts";
import { systemTimers } from "../src/timers.ts";
import { anInbox } from "../test/services/sailpoint-inbox/an-inbox.ts";
import { newMigratedFolder } from "../test/support/data-folder.ts";
import { keptLog } from "../test/support/silent-log.ts";

const APPROVALS = 5_000;
const APPROVERS = 500;
/** SailPoint's largest page. */
const PAGE = 250;
/** Born at once in the simulated tenant. */
const TOGETHER = 500;

/**
 * The first poll of a tenant in which 5,000 approvals wait for 500 approvers, and the one after it: calls to SailPoint against the fewest that
 * its pages allow, 429s received (goal 0), and messages of the person who gets most of them (goal 1). Real client, budget and database; Slack
 * is in memory.
 */
export async function bench({ json }: { readonly json: boolean }): Promise<Record<string, unknown>> {
  const { log } = keptLog();
  const budget = createSailPointBudget({ slots: createMemorySlots(systemTimers, sailPointSlotRules), timers: systemTimers, log });
  const data = await newMigratedFolder();
  const database = await openDatabase({ url: null, folder: data.folder, log });
  const nothing = async () => {};
  const house = await anInbox({ budget, store: { db: database.db, empty: nothing, close: nothing } });
  try {
    const identities = Array.from({ length: APPROVERS }, (_, n) => {
      const number = String(n).padStart(4, "0");
      return {
        id: `2c91808a7b0${number.padStart(21, "0")}`,
        name: `Approver ${number}`,
        email: `approver.${number}@harbour.example`,
        level: "USER" as const,
      };
    });
    const { control } = house.at.tenant;
    await control.seed({ identities: [IDENTITIES.requester, ...identities] });
    for (const [n, { email }] of identities.entries()) house.emails.set(`UAPPR${n}`, email);
    for (let from = 0; from < APPROVALS; from += TOGETHER) await control.createApprovals({ approvals: bornFrom(from, identities) });
    await control.resetCalls({});
    const first = await polled(house);
    const { rateLimited, calls } = await control.state();
    if (!json) console.log(`The first poll took ${first} s.`);
    const second = await polled(house);
    const floor = APPROVALS / PAGE;
    const perPerson = Map.groupBy(house.posts, ({ userId }) => userId);
    const told = [...perPerson.values()].map((messages) => messages.length);
    return {
      ...{
        bench: "sailpoint",
        approvals: APPROVALS,
        approvers: APPROVERS,
        people: told.length,
        seconds: first,
        secondsOfNext: second,
        rateLimited,
      },
      calls: calls.GET ?? 0,
      floorRatio: Math.round(((calls.GET ?? 0) / floor) * 100) / 100,
      maxMessagesPerPerson: Math.max(...told),
    };
  } finally {
    await house.close();
    await database.close();
    await data.remove();
  }
}

const bornFrom = (from: number, identities: readonly { readonly id: string }[]): ApprovalInput[] =>
  Array.from({ length: TOGETHER }, (_, n) => ({
    name: `Access ${from + n}`,
    requesterId: IDENTITIES.requester.id,
    approverIds: [identities[(from + n) % identities.length]?.id ?? ""],
  }));

async function polled(house: Awaited<ReturnType<typeof anInbox>>): Promise<number> {
  const began = performance.now();
  await house.poll();
  return Math.round((performance.now() - began) / 10) / 100;
}
