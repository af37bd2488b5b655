import { z } from "zod";
import { parseRequestText } from "../../commands/request-text.ts";
import type { Person } from "../../services/directory/person.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import type { Texts } from "../../texts/texts.ts";
import { ACTION, BLOCK } from "../../views/ids.ts";
import { draftFromText } from "../request-form/draft-from-text.ts";

/** What was typed after `/pra grant` or `/pra break-glass`, as far as it means something there. */
export interface TypedEmergency {
  readonly beneficiaryUserId: string | null;
  readonly consoleIds: readonly string[];
  /** Null where no length was typed. */
  readonly seconds: number | null;
  readonly reason: string;
  /** A start, an end or hours were typed: this access starts now, and lasts. */
  readonly hasOtherTime: boolean;
  /** What could not be filled in, one sentence each. */
  readonly problems: readonly string[];
}

/** Reads the text as `/pra request` does. Nothing in it is checked yet. */
export function typedEmergency(
  text: string,
  { timeZone }: Pick<Person, "timeZone">,
  { services: { catalog }, clock }: Pick<ListenerDeps, "services" | "clock">,
  texts: Texts,
): TypedEmergency {
  const now = clock.now();
  const typed = parseRequestText(text, { now, timeZone });
  const { draft, problems } = draftFromText(typed, { timeZone, now, catalog, texts });
  const { start, end, durationSeconds, workingHours } = typed.time;
  return {
    beneficiaryUserId: draft.beneficiaryUserId,
    consoleIds: draft.consoleIds,
    seconds: durationSeconds,
    reason: draft.reason,
    hasOtherTime: start !== null || end !== null || workingHours !== null,
    problems,
  };
}

const option = z.object({ value: z.string() });

/** What the forms of an emergency send. */
export const EmergencySubmission = z
  .object({
    id: z.string(),
    state: z.object({
      values: z.object({
        [BLOCK.beneficiary]: z.object({ [ACTION.beneficiary]: z.object({ selected_user: z.string().nullish() }) }).optional(),
        [BLOCK.consoles]: z.record(z.string(), z.object({ selected_options: z.array(option).nullish() })),
        [BLOCK.duration]: z.object({
          [ACTION.duration]: z.object({ selected_option: z.object({ value: z.coerce.number().int().positive() }).nullish() }),
        }),
        [BLOCK.reason]: z.object({ [ACTION.reason]: z.object({ value: z.string().nullish() }) }),
      }),
    }),
  })
  .transform(({ id, state: { values } }) => ({
    viewId: id,
    beneficiaryUserId: values[BLOCK.beneficiary]?.[ACTION.beneficiary].selected_user ?? null,
    consoleIds: Object.values(values[BLOCK.consoles]).flatMap(({ selected_options: chosen }) => chosen?.map(({ value }) => value) ?? []),
    seconds: values[BLOCK.duration][ACTION.duration].selected_option?.value ?? null,
    reason: values[BLOCK.reason][ACTION.reason].value ?? "",
  }));
