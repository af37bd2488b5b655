import { valuesOf } from "../page/browser/form-state.ts";
import { CHANNELS, PEOPLE } from "../slack/seed.ts";
import { filledIn } from "./read-blocks.ts";
import {
  acked,
  awaitCatalog,
  awaitConnection,
  awaitGranted,
  cardWithButton,
  click,
  onlyApprovalOf,
  openForm,
  type Stage,
  slackCalls,
} from "./stage.ts";
import { StoryError, until } from "./until.ts";

interface StoryCalls {
  /** To the ZPA API, by HTTP method. */
  readonly zpa: Readonly<Record<string, number>>;
  readonly zpaAuth: number;
  /** To Slack's Web API, by method. */
  readonly slack: Readonly<Record<string, number>>;
}

export type StoryStep =
  | { readonly step: "ready"; readonly consoles: number }
  | { readonly step: "command"; readonly by: string; readonly text: string }
  | { readonly step: "form"; readonly title: string; readonly filled: Readonly<Record<string, string>> }
  | { readonly step: "submitted"; readonly by: string }
  | { readonly step: "card"; readonly to: string; readonly text: string }
  | { readonly step: "approved"; readonly by: string }
  | { readonly step: "granting"; readonly text: string }
  | { readonly step: "granted"; readonly text: string }
  | { readonly step: "done"; readonly privilegedApproval: Readonly<Record<string, unknown>>; readonly calls: StoryCalls };

interface ToldStage extends Stage {
  readonly tell: (step: StoryStep) => void;
}

const { requester: ana, approver: ben } = PEOPLE;
const words = "request db-prod weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123";

async function askForAccess(stage: ToldStage): Promise<void> {
  const { slack, tell } = stage;
  tell({ step: "command", by: ana.realName, text: `/pra ${words}` });
  acked("/pra request", await slack.command({ userId: ana.id, channelId: CHANNELS.general.id, command: "/pra", text: words }));
  const { view } = await until("the request form", () => openForm(stage, ana.id));
  const values = valuesOf(view);
  const filled = filledIn(view.blocks, values);
  const read = Object.values(filled).join("\n");
  for (const expected of ["db-prod", "09:00", "17:00", "Europe/Berlin", "OPS-123"]) {
    if (!read.includes(expected))
      throw new StoryError(`The form opened without "${expected}" filled in. It holds: ${read.replaceAll("\n", "; ")}`);
  }
  tell({ step: "form", title: view.title.text, filled });
  const { errors } = acked("The form", await slack.submit({ userId: ana.id, values }));
  if (errors) throw new StoryError(`The form was sent back: ${Object.values(errors).join(" ")}`);
  tell({ step: "submitted", by: ana.realName });
}

async function approve(stage: ToldStage): Promise<void> {
  const { tell } = stage;
  const found = await until(`a card with an Approve button for ${ben.realName}`, () => cardWithButton(stage, ben.id, "Approve"));
  tell({ step: "card", to: ben.realName, text: found.card.text });
  await click(stage, ben.id, found);
  tell({ step: "approved", by: ben.realName });
}

/**
 * The main job once, by the same control HTTP as the page: Ana asks, Ben approves, the bot writes and proves it.
 * @throws StoryError with a sentence at the first thing that went otherwise
 */
export async function playStory(stage: ToldStage): Promise<Extract<StoryStep, { step: "done" }>> {
  const { tenant, tell } = stage;
  await awaitConnection(stage);
  tell({ step: "ready", consoles: await awaitCatalog(stage) });
  await askForAccess(stage);
  await approve(stage);
  const granted = await awaitGranted(stage, ana.id, (text) => tell({ step: "granting", text }));
  tell({ step: "granted", text: granted });

  const { approvals, calls, authCalls } = await tenant.state();
  const privilegedApproval = onlyApprovalOf(approvals, ana.email ?? "");
  const done = { step: "done", privilegedApproval, calls: { zpa: calls, zpaAuth: authCalls, slack: await slackCalls(stage) } } as const;
  tell(done);
  return done;
}
