import type { PortcullisError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Failure } from "./request.ts";

/** A failure as it is kept and shown: the code, what it names, and a reference that stands in the log beside the cause. */
export function failureOf(error: PortcullisError, reference: string, log: Log, subject: Readonly<Record<string, string>>): Failure {
  log.error({ err: error, reference, ...subject }, "access.failed");
  return { code: error.code, params: error.details.params ?? {}, reference };
}
