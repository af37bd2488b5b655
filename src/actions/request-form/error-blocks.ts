import type { FormField, PortcullisError } from "../../errors.ts";
import { errorSentence } from "../../texts/error-sentence.ts";
import type { Texts } from "../../texts/texts.ts";
import { BLOCK } from "../../views/ids.ts";
import type { FormTime } from "../../views/request-form-model.ts";

export interface PlacedErrors {
  /** Sentence by the block id of the field that it belongs to: what `response_action: errors` takes. */
  readonly atFields: Readonly<Record<string, string>>;
  /** Sentences that belong to no field on screen. */
  readonly elsewhere: readonly string[];
}

/** Puts each error at its field, as far as the field is on screen. The first error at a field stays. */
export function placeErrors(errors: readonly PortcullisError[], time: FormTime, texts: Texts): PlacedErrors {
  const atFields: Record<string, string> = {};
  const elsewhere: string[] = [];
  for (const error of errors) {
    const blockId = error.details.field === undefined ? null : shownBlock(error.details.field, time);
    if (blockId === null) elsewhere.push(errorSentence(error, texts));
    else atFields[blockId] ??= errorSentence(error, texts);
  }
  return { atFields, elsewhere };
}

/** The block on screen that shows a field. Start, end and duration are asked for in other words by each way of asking. */
function shownBlock(field: FormField, { when, periodSeconds }: FormTime): string | null {
  const recurring = when === "recurring";
  switch (field) {
    case "beneficiary":
      return BLOCK.beneficiary;
    case "consoles":
      return BLOCK.consoles;
    case "reason":
      return BLOCK.reason;
    case "when":
      return BLOCK.when;
    case "start":
      return { now: BLOCK.when, later: BLOCK.start, recurring: BLOCK.notBefore }[when];
    case "end":
    case "duration":
      return { now: BLOCK.duration, later: BLOCK.end, recurring: periodSeconds === null ? BLOCK.until : BLOCK.period }[when];
    case "days":
      return recurring ? BLOCK.days : BLOCK.when;
    case "hoursStart":
      return recurring ? BLOCK.hoursStart : BLOCK.when;
    case "hoursEnd":
      return recurring ? BLOCK.hoursEnd : BLOCK.when;
    case "timeZone":
      return recurring ? BLOCK.timeZone : BLOCK.when;
    case "comment":
    case "assignee":
    case "assigneeFrom":
    case "attributeName":
    case "attributeValue":
    case "happened":
    case "done":
    case "follows":
    case "credentialName":
    case "credentialUser":
    case "credentialDomain":
    case "credentialDescription":
    case "credentialCode":
    case "rules":
    case "rulesScope":
    case "consoleApplications":
    case "consolePortals":
    case "consolePattern":
      return null;
  }
}
