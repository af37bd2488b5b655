import type { App } from "@slack/bolt";
import { z } from "zod";
import { fromUnknown } from "../../errors.ts";
import type { AccessRights } from "../../services/access/overview.ts";
import { requestLabel } from "../../services/access/request.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { checkWorkingHours } from "../../services/schedule/check-working-hours.ts";
import type { WorkingHours } from "../../services/schedule/working-hours.ts";
import { clickIn, signedActor } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { textsFor } from "../../texts/texts.ts";
import { renewForm } from "../../views/access-forms.ts";
import { AccessFormMemory, carried, RequestValue } from "../../views/button-value.ts";
import { changeAccessForm } from "../../views/change-access-form.ts";
import { ACTION, BLOCK, CALLBACK } from "../../views/ids.ts";
import { adoptClicked } from "../adopt-clicked.ts";
import { zoneOptions } from "../request-form/zone-options.ts";

const optionOf = z.object({ value: z.string() });
const time = z.object({ selected_time: z.string().nullish() });
const values = z.object({
  [BLOCK.end]: z.object({ [ACTION.end]: z.object({ selected_date_time: z.number().int().nullish() }) }),
  [BLOCK.days]: z.object({ [ACTION.days]: z.object({ selected_options: z.array(optionOf).nullish() }) }),
  [BLOCK.hoursStart]: z.object({ [ACTION.hoursStart]: time }),
  [BLOCK.hoursEnd]: z.object({ [ACTION.hoursEnd]: time }),
  [BLOCK.timeZone]: z.object({ [ACTION.accessZone]: z.object({ selected_option: optionOf.nullish() }) }),
  [BLOCK.reason]: z.object({ [ACTION.reason]: z.object({ value: z.string().nullish() }) }),
});
type Values = z.infer<typeof values>;
const submitted = z.object({ private_metadata: carried(AccessFormMemory), state: z.object({ values }) });
const query = z.object({ value: z.string(), view: z.object({ private_metadata: carried(AccessFormMemory) }) });

/** Change: shows what stands, and decides before the form closes. A holder who wants more is offered a renewal instead. */
export const registerChangeAccess = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.changeAccess, async ({ ack, body }) => {
    const click = clickIn(body, RequestValue);
    await ack();
    let reader: "approver" | "requester" = "requester";
    try {
      const { isHolder } = await openChangeForm(deps, click.value.requestId, click.by, click.triggerId);
      reader = isHolder ? "requester" : "approver";
    } finally {
      await adoptClicked(deps, click, { request: click.value, reader }); // also when refused: that card may be out of date
    }
  });

  app.options(ACTION.accessZone, async ({ ack, body }) => {
    const { value, view } = query.parse(body);
    await ack({ options: zoneOptions(value, view.private_metadata.timeZone, deps.clock.now()) });
  });

  app.view(CALLBACK.changeAccessForm, async ({ ack, body, view }) => {
    const { private_metadata: memory, state } = submitted.parse(view);
    const by = signedActor(body);
    const end = endIn(state.values, memory);
    try {
      await deps.services.access.change({
        ...{ requestId: memory.requestId, by, end },
        ...hoursIn(state.values, memory),
        reason: state.values[BLOCK.reason][ACTION.reason].value ?? null,
        seen: { end: new Date(memory.endEpochSeconds * 1000), workingHours: memory.hours },
      });
    } catch (thrown) {
      const isLater = end !== null && end.getTime() > memory.endEpochSeconds * 1000;
      if (!isLater || fromUnknown(thrown).code !== "change_needs_decision") throw thrown;
      const [{ request }, user] = await Promise.all([deps.services.access.overview(memory.requestId), deps.directory.user(by.userId)]);
      await ack({ response_action: "push", view: renewForm(request.id, requestLabel(request), textsFor(user?.locale ?? null)) });
      return;
    }
    await ack();
  });
};

/**
 * @returns what the person is to the access
 * @throws PortcullisError as the change itself would
 */
export async function openChangeForm(deps: ListenerDeps, requestId: string, by: SlackActor, triggerId: string): Promise<AccessRights> {
  const [{ request, rights }, user] = await Promise.all([deps.services.access.lookAt({ requestId, by }), deps.directory.user(by.userId)]);
  const view = changeAccessForm({ request, rights, timeZone: user?.timeZone ?? "UTC" }, textsFor(user?.locale ?? null));
  await asking("views.open", () => deps.client.views.open({ trigger_id: triggerId, view }));
  return rights;
}

/** Null where it was left as it was: Slack's picker knows minutes, and an end may have seconds. */
function endIn(sent: Values, { endEpochSeconds }: AccessFormMemory): Date | null {
  const chosen = sent[BLOCK.end][ACTION.end].selected_date_time ?? null;
  const isSame = chosen === null || Math.floor(chosen / 60) === Math.floor(endEpochSeconds / 60);
  return isSame ? null : new Date(chosen * 1000);
}

/**
 * Left out where they are as they were: somebody else may have changed them meanwhile.
 * @throws PortcullisError with its field, for hours in part
 */
function hoursIn(sent: Values, { hours }: AccessFormMemory): { readonly workingHours?: WorkingHours | null } {
  const days = (sent[BLOCK.days][ACTION.days].selected_options ?? []).map(({ value }) => value);
  const start = sent[BLOCK.hoursStart][ACTION.hoursStart].selected_time ?? "";
  const end = sent[BLOCK.hoursEnd][ACTION.hoursEnd].selected_time ?? "";
  const timeZone = sent[BLOCK.timeZone][ACTION.accessZone].selected_option?.value ?? "";
  if (days.length === 0 && start === "" && end === "") return hours === null ? {} : { workingHours: null };
  const typed = checkWorkingHours({ days, start, end, timeZone });
  const isSame =
    hours !== null &&
    hours.start === start &&
    hours.end === end &&
    hours.timeZone === timeZone &&
    hours.days.length === days.length &&
    hours.days.every((day) => days.includes(day));
  return isSame ? {} : { workingHours: typed };
}
