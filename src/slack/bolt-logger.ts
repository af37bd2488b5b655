import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../log.ts";

/**
 * Bolt's and the SDK's own logging, as events of ours. At debug the SDK would print whole payloads, so nothing below info passes.
 */
export const boltLogger = (log: Log): Logger => {
  const said = (parts: readonly unknown[]): string => parts.map(String).join(" ");
  return {
    debug: () => undefined,
    info: (...parts: unknown[]) => log.debug({ sdk: said(parts) }, "slack.sdk"),
    warn: (...parts: unknown[]) => log.warn({ sdk: said(parts) }, "slack.sdk"),
    error: (...parts: unknown[]) => log.error({ sdk: said(parts) }, "slack.sdk"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
};
