import type { ErrorSentence } from "./texts.ts";

/** What a call of ZPA is about, as far as sentences differ. */
export type ZpaObject = "console" | "credential" | "policyRule" | "segment" | "portal" | "microtenant";

const byPath: Readonly<Record<string, ZpaObject>> = {
  praConsole: "console",
  credential: "credential",
  policySet: "policyRule",
  clientTypes: "policyRule",
  platform: "policyRule",
  application: "segment",
  praPortal: "portal",
  microtenants: "microtenant",
};

/**
 * The object that an error of ZPA is about, by its `path`; null for a privileged approval, and where no path is known: requests and grants
 * are about nothing else.
 * @example zpaObjectOf("praConsole/50") // "console"
 */
const zpaObjectOf = (path: string): ZpaObject | null => byPath[path.split("/")[0] ?? ""] ?? null;

/** Whether what ZPA does not have is the very object that was called, and not something that its body names. */
export const isCalledItself = (path: string, missing: string): boolean => missing !== "" && path.split("/").slice(1).includes(missing);

/** A sentence of a privileged approval, and what takes its place where the call was about something else. */
export const ofZpaObject =
  <Words>(
    words: Readonly<Record<ZpaObject, Words>>,
    ofApproval: ErrorSentence,
    ofOther: (words: Words, ...p: Parameters<ErrorSentence>) => string,
  ): ErrorSentence =>
  (p) => {
    const object = zpaObjectOf(p("path", ""));
    return object === null ? ofApproval(p) : ofOther(words[object], p);
  };
