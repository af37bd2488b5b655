import { fromUnknown, type PortcullisError } from "../../errors.ts";
import { errorSentence } from "../../texts/error-sentence.ts";
import { textsFor } from "../../texts/texts.ts";
import type { Timers } from "../../timers.ts";

/** What a check found. `fix` says what to click or type, also where all is well but something is worth knowing. */
export interface Finding {
  readonly status: "ok" | "wrong" | "not_checkable";
  readonly detail: string;
  readonly fix: string | null;
}

export interface Check {
  /** Stable, for `--json`. */
  readonly name: string;
  readonly run: () => Promise<Finding>;
  /** What to do when the check itself fails: a refusal, no answer, an error. */
  readonly fix: string;
}

export interface CheckedFinding extends Finding {
  readonly name: string;
}

export const ok = (detail: string, fix: string | null = null): Finding => ({ status: "ok", detail, fix });
export const wrong = (detail: string, fix: string): Finding => ({ status: "wrong", detail, fix });
export const notCheckable = (detail: string, fix: string): Finding => ({ status: "not_checkable", detail, fix });

/** Runs a check, but no longer than the limit. Never rejects: what a check throws is what is wrong. */
export async function examine({ name, run, fix }: Check, timers: Timers, limitMilliseconds: number): Promise<CheckedFinding> {
  const done = new AbortController();
  const late = async () => {
    await timers.sleep(limitMilliseconds, done.signal);
    return wrong(`no answer within ${limitMilliseconds / 1000} seconds`, fix);
  };
  try {
    const finding = await Promise.race([run(), late()]);
    return { name, ...finding };
  } catch (cause) {
    return { name, ...wrong(failureWords(fromUnknown(cause)), fix) };
  } finally {
    done.abort();
  }
}

/** An error as an administrator reads it: what the other side said, rather than what to tell a person in Slack. */
function failureWords(error: PortcullisError): string {
  const { id, reason, status } = error.details.params ?? {};
  const said = id ?? reason ?? (status === undefined ? "no reason given" : `HTTP ${status}`);
  switch (error.code) {
    case "slack_refused":
      return `Slack answers ${said}`;
    case "slack_unreachable":
      return `no answer from Slack (${rootCause(error)})`;
    case "zpa_sign_in_failed":
      return `ZPA refuses the sign-in (${said})`;
    case "zpa_not_permitted":
      return `ZPA does not allow it (${said})`;
    case "zpa_unreachable":
    case "zpa_timeout":
      return `no answer from ZPA (${rootCause(error)})`;
    case "sailpoint_sign_in_failed":
      return `SailPoint refuses the sign-in (${said})`;
    case "sailpoint_not_permitted":
      return `SailPoint does not allow it (${said})`;
    case "sailpoint_unreachable":
      return `no answer from SailPoint (${rootCause(error)})`;
    case "unexpected":
      return rootCause(error);
    default:
      return errorSentence(error, textsFor("en"));
  }
}

/** The innermost cause, where the operating system or the network speaks: `ECONNREFUSED`, `ENOTFOUND`. */
function rootCause(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  if (inner instanceof Error) return rootCause(inner);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
