import type { App } from "@slack/bolt";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { signedActor } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { textsFor } from "../../texts/texts.ts";
import { BreakGlassMemory, carried } from "../../views/button-value.ts";
import { breakGlassForm, breakGlassSeen } from "../../views/emergency/break-glass-form.ts";
import { reviewForm } from "../../views/emergency/review-form.ts";
import { CALLBACK } from "../../views/ids.ts";
import { EmergencySubmission, typedEmergency } from "./emergency-draft.ts";
import { openForm } from "./open-form.ts";

/** Slack's own limit for what a page carries along. */
const MEMORY_LENGTH = 3000;

/** `/pra break-glass`: opens the form, filled in. The text alone never grants. Who owes a review gets its form instead. */
export const openBreakGlass = (
  deps: ListenerDeps,
  { by, triggerId, text }: { readonly by: SlackActor; readonly triggerId: string; readonly text: string },
): Promise<void> =>
  openForm(
    deps,
    { by, triggerId },
    ({ emergency }) => emergency.breakGlass.title,
    async () => {
      const standing = await deps.services.emergency.breakGlassStanding(by);
      const { person } = standing;
      const texts = textsFor(person.locale);
      if (standing.kind === "review-due") return reviewForm(standing.due, { opened: "in-the-way" }, texts);
      const { mostSeconds } = standing;
      const typed = typedEmergency(text, person, deps, texts);
      const isForOther = typed.beneficiaryUserId !== null && typed.beneficiaryUserId !== person.userId;
      return breakGlassForm(
        {
          consoles: typed.consoleIds.flatMap((id) => deps.services.catalog.byId(id) ?? []),
          seconds: typed.seconds ?? mostSeconds,
          mostSeconds,
          reason: typed.reason,
          problems: [...typed.problems, ...(isForOther ? [texts.emergency.breakGlass.somebodyElse] : [])],
        },
        texts,
      );
    },
  );

const seen = z.object({ id: z.string(), private_metadata: carried(BreakGlassMemory) });

/** Two pages, two deliberate clicks: the first says what will happen, the second has it happen. */
export const registerBreakGlass = (app: App, deps: ListenerDeps): void => {
  const { emergency } = deps.services;

  app.view({ callback_id: CALLBACK.breakGlassForm, type: "view_submission" }, async ({ ack, body, view }) => {
    const { viewId, consoleIds, seconds, reason } = EmergencySubmission.parse(view);
    const foretold = await emergency.foretellBreakGlass({
      ...{ by: signedActor(body), consoleIds, seconds, reason },
      submissionKey: viewId,
    });
    const page = breakGlassSeen(foretold, textsFor(foretold.person.locale));
    if ((page.private_metadata?.length ?? 0) > MEMORY_LENGTH)
      throw new PortcullisError("text_too_long", { field: "reason", params: { limit: 500 } });
    await ack({ response_action: "push", view: page });
  });

  app.view({ callback_id: CALLBACK.breakGlassSeen, type: "view_submission" }, async ({ ack, body, view }) => {
    const { id, private_metadata: memory } = seen.parse(view);
    await emergency.breakGlass({ ...memory, by: signedActor(body), submissionKey: id });
    await ack({ response_action: "clear" });
  });
};
