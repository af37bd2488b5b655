import { fromUnknown } from "../errors.ts";
import type { Log } from "../log.ts";
import type { CatalogConsole } from "../services/catalog/catalog.ts";
import type { Services } from "../services/services.ts";

interface WithoutEffectDeps {
  readonly log: Log;
  readonly services: { readonly coverage: Pick<Services["coverage"], "withoutEffect"> };
}

/** Consoles that an approval would not open. A form works without that warning while the database cannot be asked. */
export async function withoutEffectOf(
  { services, log }: WithoutEffectDeps,
  consoles: readonly CatalogConsole[],
): Promise<readonly CatalogConsole[]> {
  try {
    return await services.coverage.withoutEffect(consoles);
  } catch (thrown) {
    log.warn({ err: fromUnknown(thrown) }, "form.coverage-unknown");
    return [];
  }
}
