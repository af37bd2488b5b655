import { type Arrival, approvalOf } from "../page/browser/sailpoint/arrival.ts";
import { isShown, type ShownApproval } from "../page/browser/sailpoint/shown-approval.ts";
import type { SailPointControl } from "../sailpoint/control.ts";
import { IDENTITIES } from "../sailpoint/seed.ts";
import { PEOPLE } from "../slack/seed.ts";
import { checkCrons, type StoryHours } from "./check-crons.ts";
import { textOf } from "./read-blocks.ts";
import {
  awaitCatalog,
  awaitConnection,
  awaitGranted,
  cardWithButton,
  click,
  messagesTo,
  onlyApprovalOf,
  type Stage,
  slackCalls,
} from "./stage.ts";
import { StoryError, until } from "./until.ts";

type Counts = Readonly<Record<string, number>>;
interface SailPointStoryCalls {
  /** To the two APIs, by HTTP method; sign-ins apart. */
  readonly zpa: Counts;
  readonly zpaAuth: number;
  readonly sailpoint: Counts;
  readonly sailpointAuth: number;
  /** To Slack's Web API, by method. */
  readonly slack: Counts;
}

export type SailPointStoryStep =
  | { readonly step: "ready"; readonly consoles: number }
  | { readonly step: "born"; readonly id: string; readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }
  | { readonly step: "card"; readonly to: string; readonly text: string }
  | { readonly step: "approved"; readonly by: string }
  | { readonly step: "decided"; readonly status: string; readonly comments: readonly string[] }
  | { readonly step: "confirmed"; readonly text: string }
  | { readonly step: "granting"; readonly text: string }
  | { readonly step: "granted"; readonly text: string }
  | {
      readonly step: "done";
      readonly sailpointApproval: Readonly<Record<string, unknown>>;
      readonly privilegedApproval: Readonly<Record<string, unknown>>;
      readonly calls: SailPointStoryCalls;
    };

interface SailPointStage extends Stage {
  readonly sailpoint: Pick<SailPointControl, "state" | "resetCalls" | "createApprovals">;
  /** Moves the clock of bot and tenants on. */
  readonly passTime: (milliseconds: number) => Promise<void>;
  readonly tell: (step: SailPointStoryStep) => void;
}

const { requester: ana, approver: ben } = PEOPLE;
const hours: StoryHours = { days: ["MON", "TUE", "WED", "THU", "FRI"], fromHour: 9, toHour: 17, timeZone: "Europe/Berlin" };
const arrival: Arrival = {
  kind: "pra",
  name: "Ana Ribeiro on db-prod",
  requesteeId: IDENTITIES.requester.id,
  approverId: IDENTITIES.approver.id,
  consoles: "db-prod",
  reason: "OPS-123",
  days: 14,
  weekdays: hours.days.join(","),
  from: "09:00",
  to: "17:00",
  timeZone: hours.timeZone,
};

const lookAfterMilliseconds = 2_000;
const passedMilliseconds = 30_000;

/** As {@link until}, with time passing at the double quick: nobody wants to wait for the bot's next look at SailPoint. */
function untilLater<Sight>({ passTime }: SailPointStage, what: string, look: () => Promise<Sight | null>): Promise<Sight> {
  let passAt = performance.now() + lookAfterMilliseconds;
  return until(what, async () => {
    const sight = await look();
    if (sight !== null || performance.now() < passAt) return sight;
    await passTime(passedMilliseconds);
    passAt = performance.now() + lookAfterMilliseconds;
    return null;
  });
}

/** An approval that is there when the bot first looks is told of in a digest: the story's is born after that. */
async function awaitFirstLook({ sailpoint }: SailPointStage): Promise<void> {
  await until("the bot's first look at SailPoint", async () => (await readsOf(sailpoint)) > 0);
  await sailpoint.resetCalls({});
}

const readsOf = async (sailpoint: SailPointStage["sailpoint"]): Promise<number> => (await sailpoint.state()).calls.GET ?? 0;

async function beBorn({ sailpoint, tell }: SailPointStage): Promise<string> {
  const input = approvalOf(arrival);
  const [id] = (await sailpoint.createApprovals({ approvals: [input] })).ids;
  if (id === undefined) throw new StoryError("SailPoint made no approval.");
  tell({ step: "born", id, name: input.name, attributes: input.attributes ?? {} });
  return id;
}

async function storedApproval({ sailpoint }: SailPointStage, id: string): Promise<ShownApproval & Record<string, unknown>> {
  const found = (await sailpoint.state()).approvals.filter(isShown).find((approval) => approval.id === id);
  if (found === undefined) throw new StoryError(`SailPoint has no approval ${id} any more.`);
  return found;
}

/** @returns how often the bot had read in SailPoint before the click */
async function approve(stage: SailPointStage): Promise<number> {
  const { sailpoint, tell } = stage;
  const found = await untilLater(stage, `a card with an Approve button for ${ben.realName} that names the approval`, () =>
    cardWithButton(stage, ben.id, "Approve", [arrival.name]),
  );
  tell({ step: "card", to: ben.realName, text: found.card.text });
  const readsBefore = await readsOf(sailpoint);
  await click(stage, ben.id, found);
  tell({ step: "approved", by: ben.realName });
  return readsBefore;
}

/** The decision is in SailPoint, says who made it, and only what was read back from there is on the card. */
async function awaitDecision(stage: SailPointStage, id: string, readsBefore: number): Promise<void> {
  const { sailpoint, tell } = stage;
  const decided = await until("the decision in SailPoint", async () => {
    const approval = await storedApproval(stage, id);
    return approval.status === "PENDING" ? null : approval;
  });
  const comments = decided.comments.map(({ comment }) => comment);
  if (decided.status !== "APPROVED") throw new StoryError(`SailPoint says ${decided.status}; APPROVED was due.`);
  if (!comments.some((comment) => comment.includes(ben.realName) || comment.includes(ben.email ?? "")))
    throw new StoryError(`No comment in SailPoint says that ${ben.realName} decided: ${comments.join("; ") || "there is none"}.`);
  tell({ step: "decided", status: decided.status, comments });
  const text = await untilLater(stage, `a card that says that SailPoint confirms it, for ${ben.realName}`, async () => {
    const cards = (await messagesTo(stage, ben.id)).map(({ text, blocks }) => ({ text, shown: `${text}\n${textOf(blocks)}` }));
    return cards.find(({ shown }) => shown.includes(arrival.name) && shown.includes("confirmed by SailPoint"))?.text ?? null;
  });
  // Before it sends the decision, whether it still waits for Ben; and afterwards, whether it counts.
  const reads = (await readsOf(sailpoint)) - readsBefore;
  if (reads < 2) throw new StoryError(`The card speaks of a decision, and the bot has read in SailPoint ${reads} times since the click.`);
  tell({ step: "confirmed", text });
}

/**
 * An approval is born in SailPoint, is decided in Slack by a click, is read back from SailPoint, and ends as a privileged approval.
 * @throws StoryError with a sentence at the first thing that went otherwise
 */
export async function playSailPointStory(stage: SailPointStage): Promise<Extract<SailPointStoryStep, { step: "done" }>> {
  const { tenant, sailpoint, tell } = stage;
  await awaitConnection(stage);
  const consoles = await awaitCatalog(stage);
  await awaitFirstLook(stage);
  tell({ step: "ready", consoles });
  const id = await beBorn(stage);
  await awaitDecision(stage, id, await approve(stage));
  const granted = await awaitGranted(stage, ana.id, (text) => tell({ step: "granting", text }));
  tell({ step: "granted", text: granted });

  const { approvals, calls, authCalls, now } = await tenant.state();
  const privilegedApproval = onlyApprovalOf(approvals, ana.email ?? "");
  checkCrons(privilegedApproval, hours, new Date(now));
  const { calls: sailpointCalls, authCalls: sailpointAuth } = await sailpoint.state();
  const counted = { zpa: calls, zpaAuth: authCalls, sailpoint: sailpointCalls, sailpointAuth, slack: await slackCalls(stage) };
  const done = { step: "done", sailpointApproval: await storedApproval(stage, id), privilegedApproval, calls: counted } as const;
  tell(done);
  return done;
}
