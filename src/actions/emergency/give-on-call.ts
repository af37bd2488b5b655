import type { App } from "@slack/bolt";
import { fromUnknown, type PortcullisError } from "../../errors.ts";
import { requestLabel } from "../../services/access/request.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import type { OnCallStanding } from "../../services/emergency/emergency.ts";
import { signedActor } from "../../slack/click.ts";
import { isFault } from "../../slack/faults.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { errorSentence } from "../../texts/error-sentence.ts";
import { type Texts, textsFor } from "../../texts/texts.ts";
import type { Message } from "../../views/blocks.ts";
import { givenMessage } from "../../views/emergency/given-message.ts";
import { grantForm } from "../../views/emergency/grant-form.ts";
import { ACTION, CALLBACK } from "../../views/ids.ts";
import { createLatestChange } from "../latest-change.ts";
import { withoutEffectOf } from "../without-effect-of.ts";
import { changeGrantForm } from "./change-grant-form.ts";
import { EmergencySubmission, type TypedEmergency, typedEmergency } from "./emergency-draft.ts";
import { openForm } from "./open-form.ts";

interface Typed {
  readonly by: SlackActor;
  readonly triggerId: string;
  readonly text: string;
}

/** Acknowledges the command: with a message, or with nothing, when a form is there instead. */
type Answer = (message: Message | null) => Promise<void>;

/**
 * `/pra grant`: what is whole is given at once, and answered after that, because Slack does not send a command twice; anything else opens
 * the form, filled in.
 *
 * @throws PortcullisError `nobody_on_call` | `on_call_only`, and as `openForm`
 */
export async function giveAsTyped(deps: ListenerDeps, { by, triggerId, text }: Typed, answer: Answer): Promise<void> {
  const openInstead = async (refused: PortcullisError | null): Promise<void> => {
    await answer(null);
    await openGrantForm(deps, { by, triggerId, text }, refused);
  };
  if (text.trim() === "") return openInstead(null);
  const standing = await deps.services.emergency.onCall(by);
  const texts = textsFor(standing.person.locale);
  const typed = typedEmergency(text, standing.person, deps, texts);
  if (whatIsMissing(typed, texts).length > 0) return openInstead(null);
  try {
    const { beneficiaryUserId, consoleIds, seconds, reason } = typed;
    const given = await deps.services.emergency.give({
      ...{ by, beneficiaryUserId, consoleIds, seconds, reason },
      submissionKey: triggerId,
    });
    const [first] = given;
    await answer(givenMessage(given.map(requestLabel), first?.beneficiary.userId ?? "", texts));
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (isFault(error.code) || error.details.field === undefined) throw error;
    await openInstead(error);
  }
}

async function openGrantForm(deps: ListenerDeps, { by, triggerId, text }: Typed, refused: PortcullisError | null): Promise<void> {
  await openForm(
    deps,
    { by, triggerId },
    ({ emergency }) => emergency.grant.title,
    async () => draw(deps, await deps.services.emergency.onCall(by), text, refused),
  );
}

async function draw(deps: ListenerDeps, { person, mostSeconds }: OnCallStanding, text: string, refused: PortcullisError | null) {
  const texts = textsFor(person.locale);
  const typed = typedEmergency(text, person, deps, texts);
  const { beneficiaryUserId, seconds, reason } = typed;
  const consoles = typed.consoleIds.flatMap((id) => deps.services.catalog.byId(id) ?? []);
  const problems = [...(text.trim() === "" ? [] : whatIsMissing(typed, texts)), ...(refused ? [errorSentence(refused, texts)] : [])];
  const withoutEffect = await withoutEffectOf(deps, consoles);
  return grantForm({ beneficiaryUserId, consoles, withoutEffect, seconds, mostSeconds, reason, problems }, texts);
}

/** Sentences for what a command must say and does not, and for what it says too much. Empty when it is whole. */
function whatIsMissing(typed: TypedEmergency, { emergency }: Texts): readonly string[] {
  const { missing } = emergency.grant;
  return [
    ...typed.problems,
    ...(typed.beneficiaryUserId === null ? [missing.beneficiary] : []),
    ...(typed.consoleIds.length === 0 && typed.problems.length === 0 ? [missing.consoles] : []),
    ...(typed.hasOtherTime ? [missing.time] : []),
    ...(typed.seconds === null && !typed.hasOtherTime ? [missing.duration] : []),
    ...(typed.reason.trim() === "" ? [missing.reason] : []),
  ];
}

/** The form's changes, and its submission: given before the form closes, or refused at its field. */
export const registerGiveOnCall = (app: App, deps: ListenerDeps): void => {
  const latest = createLatestChange();

  app.action(ACTION.grantConsoles, async ({ ack, body }) => {
    await ack();
    await changeGrantForm(deps, latest, signedActor(body), body);
  });

  app.view({ callback_id: CALLBACK.grantForm, type: "view_submission" }, async ({ ack, body, view }) => {
    const { viewId, ...given } = EmergencySubmission.parse(view);
    await deps.services.emergency.give({ ...given, by: signedActor(body), submissionKey: viewId });
    await ack({ response_action: "clear" });
  });
};
