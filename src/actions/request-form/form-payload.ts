import { z } from "zod";
import { carried } from "../../views/button-value.ts";
import { FormMemory } from "../../views/request-form-model.ts";
import { FormValues } from "./form-state.ts";

const formView = z.object({
  id: z.string(),
  hash: z.string(),
  private_metadata: carried(FormMemory),
  state: z.object({ values: FormValues }),
});

/** A field of the open form was changed. */
export const FormChange = z.object({ view: formView, actions: z.tuple([z.object({ action_ts: z.string() })]) });

/** The form was sent. */
export const FormSubmission = z.object({ view: formView });

/** A person types into a select whose options the app supplies. */
export const OptionQuery = z.object({ value: z.string(), view: z.object({ private_metadata: carried(FormMemory) }) });
