import { z } from "zod";
import { type ExportedEvent, ExportPage, type ExportQuery } from "../../services/audit/export-ledger.ts";
import { FirstBad } from "../../services/audit/seal-chain.ts";
import { VerifyProgress } from "../../services/audit/verify-ledger.ts";
import type { AskControl } from "../control/with-control.ts";

const VerifyAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("more"), progress: VerifyProgress }),
  z.object({
    kind: z.literal("done"),
    result: z.object({
      ok: z.boolean(),
      events: z.number(),
      head: z.string().nullable(),
      firstBad: FirstBad.nullable(),
      sealed: z.number(),
      unsealed: z.number(),
      keys: z.record(z.string(), z.number()),
    }),
  }),
]);
export type VerifyAnswer = Extract<z.infer<typeof VerifyAnswer>, { readonly kind: "done" }>["result"];

/** Has the whole ledger verified, step by step. */
export async function askToVerify(ask: AskControl, head: string | null): Promise<VerifyAnswer> {
  for (let progress: VerifyProgress | null = null; ; ) {
    const answer: z.infer<typeof VerifyAnswer> = VerifyAnswer.parse(await ask("audit.verify", { progress, head }));
    if (answer.kind === "done") return answer.result;
    progress = answer.progress;
  }
}

/** Every event of an export, a page in memory at a time. */
export async function* askForEvents(ask: AskControl, query: Omit<ExportQuery, "after">): AsyncGenerator<readonly ExportedEvent[]> {
  for (let after: ExportQuery["after"] = null; ; ) {
    const page: ExportPage = ExportPage.parse(await ask("audit.export", { ...query, after }));
    yield page.events;
    if (page.after === null) return;
    after = page.after;
  }
}
