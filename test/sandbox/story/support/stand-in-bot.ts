import { offsetAt } from "../../../../sandbox/page/browser/time/zone-time.ts";
import type { Delivery, SimMessage, SimState, SimView } from "../../../../sandbox/slack/control.ts";
import { CHANNELS, PEOPLE } from "../../../../sandbox/slack/seed.ts";
import type { playSailPointStory, SailPointStoryStep } from "../../../../sandbox/story/play-sailpoint-story.ts";
import type { TenantState } from "../../../../sandbox/zpa/control.ts";
import { sailPointTenant } from "../../../services/sailpoint/support/sailpoint-tenant.ts";

type SailPointStage = Parameters<typeof playSailPointStory>[0];

const { requester: ana, approver: ben } = PEOPLE;
const acked: Delivery = { status: "acked", httpStatus: 200, milliseconds: 1, body: null };
const plain = (text: string) => ({ type: "plain_text", text }) as const;
const offset = () => offsetAt(new Date(), "Europe/Berlin") / 3_600_000;

/** What a bot may do wrong. */
export interface Misconduct {
  /** The comment in SailPoint. */
  readonly comment?: string;
  readonly verdict?: "approve" | "reject";
  /** Hours of the start cron beside the right one. */
  readonly cronOff?: number;
  readonly twice?: true;
  /** Says Failed at the end. */
  readonly fails?: true;
  /** Does not read before and after it sends the decision. */
  readonly readsNothing?: true;
}

const form: SimView = {
  id: "V1",
  hash: "1",
  view: {
    type: "modal",
    title: plain("Request access"),
    submit: plain("Send request"),
    blocks: [
      {
        type: "input",
        block_id: "consoles",
        label: plain("Consoles"),
        element: { type: "multi_external_select", action_id: "consoles" },
      },
    ],
  },
};

/** A stage with a real simulated SailPoint, and, in the bot's place, somebody who does what the story waits for, or not quite. */
export async function standInStage(misconduct: Misconduct = {}) {
  const { comment = `${ben.realName} decided in Slack.`, verdict = "approve", cronOff = 0 } = misconduct;
  const at = await sailPointTenant();
  const told: SailPointStoryStep[] = [];
  const messages: SimMessage[] = [];
  const stored: Record<string, unknown>[] = [];
  let views: SimState["views"] = {};
  const post = (userId: string, text: string, button?: string): void => {
    const blocks: SimMessage["blocks"] = [
      { type: "section", block_id: "said", text: plain(text) },
      ...(button
        ? [{ type: "actions" as const, block_id: "buttons", elements: [{ type: "button" as const, action_id: "ok", text: plain(button) }] }]
        : []),
    ];
    const shared = { threadTs: null, user: "U01PRABOT0", edited: false, onlyFor: null };
    messages.push({ ...shared, channel: `D-${userId}`, ts: `${messages.length}.0`, text, blocks });
  };
  const look = () => at.sailpoint.approvals.list({ mine: false });
  await look();

  const decide = async (): Promise<void> => {
    const [approval] = await look();
    const id = approval?.id ?? "";
    if (!misconduct.readsNothing) await at.sailpoint.approvals.get(id);
    await at.sailpoint.approvals[verdict](id, { comment });
    if (!misconduct.readsNothing) await at.sailpoint.approvals.get(id);
    messages.length = 0;
    post(ben.id, `${approval?.name}: approved, confirmed by SailPoint.`);
    post(ana.id, misconduct.fails ? "Failed: ZPA would not." : "Granted.");
    const workingHours = {
      startTimeCron: `0 0 ${9 - offset() + cronOff} ? * MON,TUE,WED,THU,FRI`,
      endTimeCron: `0 0 ${17 - offset()} ? * MON,TUE,WED,THU,FRI`,
    };
    stored.push({ id: "1", emailIds: [ana.email], workingHours });
    if (misconduct.twice) stored.push({ id: "2", emailIds: [ana.email], workingHours });
  };

  const im = (userId: string) => ({ id: `D-${userId}`, kind: "im" as const, name: "", members: [userId], isExternallyShared: false });
  const stage: SailPointStage = {
    slack: {
      state: async () => ({
        users: [],
        userGroups: [],
        channels: [...Object.values(CHANNELS), im(ana.id), im(ben.id)],
        messages,
        views,
        homes: {},
        calls: {},
        refusals: [],
        connectedSockets: 1,
      }),
      resetCalls: async () => {},
      command: async () => {
        views = { [ana.id]: [form] };
        return acked;
      },
      options: async () => ({ ...acked, options: [{ text: "db-prod", value: "1", description: null, group: null }] }),
      submit: async () => ({ ...acked, errors: null }),
      close: async () => {
        views = {};
        return acked;
      },
      messageAction: async () => {
        await decide();
        return acked;
      },
    },
    tenant: {
      resetCalls: async () => {},
      state: async (): Promise<TenantState> => ({
        approvals: stored,
        credentials: [],
        consoles: [{}],
        portals: [],
        microtenants: [],
        applications: [],
        rules: [],
        calls: {},
        authCalls: 0,
        rateLimited: 0,
        now: new Date().toISOString(),
      }),
    },
    sailpoint: {
      state: at.tenant.control.state,
      resetCalls: at.tenant.control.resetCalls,
      createApprovals: async (input) => {
        const created = await at.tenant.control.createApprovals(input);
        post(ben.id, `Approval: ${input.approvals[0]?.name}`, "Approve");
        return created;
      },
    },
    passTime: async () => {},
    tell: (step) => told.push(step),
  };
  return { stage, told, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
}
