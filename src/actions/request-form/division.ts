import { fromUnknown } from "../../errors.ts";
import type { CatalogConsole } from "../../services/catalog/catalog.ts";
import { errorSentence } from "../../texts/error-sentence.ts";
import type { Texts } from "../../texts/texts.ts";
import type { Division } from "../../views/request-form-model.ts";
import type { RequestFormDeps } from "./request-form-deps.ts";

/** How many requests these consoles make by the rules that stand now. The form works without that line while the database cannot be asked. */
export async function divisionOf(
  { services, log }: Pick<RequestFormDeps, "log"> & { readonly services: Pick<RequestFormDeps["services"], "access"> },
  consoles: readonly CatalogConsole[],
  texts: Texts,
): Promise<Division> {
  try {
    return { kind: "parts", count: (await services.access.divide(consoles)).length };
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code !== "unexpected" && error.code !== "database_unreachable")
      return { kind: "refused", sentence: errorSentence(error, texts) };
    log.warn({ err: error }, "request-form.division-unknown");
    return { kind: "unknown" };
  }
}
