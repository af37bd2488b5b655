import { pino } from "pino";
import type { Log } from "../../src/log.ts";

/** A log that keeps what it is told. */
export const createQuietLog = (): { readonly log: Log; readonly lines: Record<string, unknown>[] } => {
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { level: "debug", base: null },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return { log, lines };
};
