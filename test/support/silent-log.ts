import { pino } from "pino";
import type { Log } from "../../src/log.ts";

/** A log that keeps what was logged, to be asserted on, and prints nothing. */
export function keptLog(): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: "debug", base: null }, { write: (line: string) => lines.push(JSON.parse(line)) });
  return { log, lines };
}
