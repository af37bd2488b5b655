import type { Texts } from "../../texts/texts.ts";
import type { FormDraft, FormMemory, RequestFormModel } from "../../views/request-form-model.ts";
import { withoutEffectOf } from "../without-effect-of.ts";
import { divisionOf } from "./division.ts";
import { previewOf } from "./preview.ts";
import type { RequestFormDeps } from "./request-form-deps.ts";

interface FormModelInput {
  readonly draft: FormDraft;
  readonly person: FormMemory["person"];
  readonly problems: readonly string[];
}

type FormModelDeps = Pick<RequestFormDeps, "clock" | "log"> & {
  readonly services: Pick<RequestFormDeps["services"], "catalog" | "catalogAge" | "access" | "coverage">;
};

/** What the form shows of a draft as of now: how many requests it makes, the consoles by name, what else they open, and when. */
export async function formModel({ draft, person, problems }: FormModelInput, deps: FormModelDeps, texts: Texts): Promise<RequestFormModel> {
  const { catalog } = deps.services;
  const now = deps.clock.now();
  const consoles = draft.consoleIds.flatMap((id) => catalog.byId(id) ?? []);
  const asked = new Set(draft.consoleIds);
  const segments = new Set(consoles.map(({ segmentId }) => segmentId));
  return {
    person,
    draft,
    consoles,
    alsoOpens: [...segments].flatMap((segmentId) => catalog.onSegment(segmentId)).filter(({ id }) => !asked.has(id)),
    withoutEffect: await withoutEffectOf(deps, consoles),
    preview: previewOf(draft.time, person.timeZone, now, texts),
    division: await divisionOf(deps, consoles, texts),
    problems,
    catalogAge: deps.services.catalogAge(),
  };
}
