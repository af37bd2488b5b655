import type { Catalog } from "../../services/catalog/catalog.ts";
import type { Texts } from "../../texts/texts.ts";
import type { FormDraft, FormMemory, RequestFormModel } from "../../views/request-form-model.ts";
import { previewOf } from "./preview.ts";

interface FormModelInput {
  readonly draft: FormDraft;
  readonly person: FormMemory["person"];
  readonly problems: readonly string[];
}

/** What the form shows of a draft as of `now`: the consoles by name, what else they open, and when. */
export function formModel({ draft, person, problems }: FormModelInput, catalog: Catalog, now: Date, texts: Texts): RequestFormModel {
  const consoles = draft.consoleIds.flatMap((id) => catalog.byId(id) ?? []);
  const asked = new Set(draft.consoleIds);
  const segments = new Set(consoles.map(({ segmentId }) => segmentId));
  return {
    person,
    draft,
    consoles,
    alsoOpens: [...segments].flatMap((segmentId) => catalog.onSegment(segmentId)).filter(({ id }) => !asked.has(id)),
    preview: previewOf(draft.time, person.timeZone, now, texts),
    problems,
  };
}
