import type { Api } from "./api.ts";
import { errorOf, isMissing } from "./failure.ts";
import type { ZpaPriority } from "./zpa-client.ts";

interface Deletion {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly priority: ZpaPriority;
}

/** DELETE of one object. What is already gone is deleted with success: an earlier attempt may have done it. */
export async function deleteObject(api: Api, deletion: Deletion): Promise<void> {
  const outcome = await api.attempt({ method: "DELETE", ...deletion });
  if (!("failure" in outcome) || isMissing(outcome.failure)) return;
  throw errorOf(outcome.failure, { method: "DELETE", path: deletion.path }, outcome.unknown);
}
