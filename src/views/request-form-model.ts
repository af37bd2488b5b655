import { z } from "zod";
import type { CatalogConsole } from "../services/catalog/catalog.ts";
import type { CronPair, Window } from "../services/schedule/working-hours.ts";
import type { CatalogAge } from "../services/services.ts";

const epochMilliseconds = z.number().int().nullable();

/** The time fields as they stand, of all three ways of asking: switching from one to another and back loses nothing. */
export const FormTime = z.object({
  when: z.enum(["now", "later", "recurring"]),
  /** Now: seconds from the approval. */
  durationSeconds: z.number().int().positive(),
  /** Later: from and to, epoch milliseconds. */
  start: epochMilliseconds,
  end: epochMilliseconds,
  /** Recurring: not before, epoch milliseconds; null starts at the approval. */
  notBefore: epochMilliseconds,
  /** Recurring: seconds from its start; null asks for the last day instead. */
  periodSeconds: z.number().int().positive().nullable(),
  /** Recurring: the last local day, `YYYY-MM-DD`. */
  until: z.string().nullable(),
  days: z.array(z.string()),
  hoursStart: z.string().nullable(),
  hoursEnd: z.string().nullable(),
  timeZone: z.string(),
});
export type FormTime = z.infer<typeof FormTime>;

/** What the form carries along in `private_metadata`: who opened it, what its hidden fields hold, and what it has to say. At most 3000 characters. */
export const FormMemory = z.object({
  person: z.object({ userId: z.string(), timeZone: z.string(), locale: z.string() }),
  time: FormTime,
  problems: z.array(z.string()),
});
export type FormMemory = z.infer<typeof FormMemory>;

/** What a person has put into the form so far. */
export interface FormDraft {
  readonly beneficiaryUserId: string | null;
  readonly consoleIds: readonly string[];
  readonly time: FormTime;
  readonly reason: string;
}

/** When the access would open if it were approved now; or why it would not. */
export type Preview =
  | { readonly kind: "incomplete" }
  | { readonly kind: "refused"; readonly sentence: string }
  | {
      readonly kind: "opens";
      readonly window: Window;
      readonly openings: readonly Window[];
      readonly crons: CronPair | null;
      /** Zone of the working hours, or the person's own. */
      readonly timeZone: string;
    };

/** How many requests sending the form makes; or why it would make none. */
export type Division =
  | { readonly kind: "parts"; readonly count: number }
  | { readonly kind: "refused"; readonly sentence: string }
  /** The rules could not be asked for just now. */
  | { readonly kind: "unknown" };

export interface RequestFormModel {
  readonly person: FormMemory["person"];
  readonly draft: FormDraft;
  /** The chosen consoles that the catalog knows. */
  readonly consoles: readonly CatalogConsole[];
  readonly alsoOpens: readonly CatalogConsole[];
  /** Those of `consoles` that an approval opens nothing of. */
  readonly withoutEffect: readonly CatalogConsole[];
  readonly preview: Preview;
  readonly division: Division;
  /** Sentences about what was typed and could not be filled in, or why sending failed. */
  readonly problems: readonly string[];
  readonly catalogAge: CatalogAge | null;
}
