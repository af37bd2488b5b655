import type { Readable, Writable } from "node:stream";
import type { Command } from "commander";
import { type Clock, systemClock } from "../clock.ts";
import { answerLines } from "./schedule-lines.ts";
import { computeSchedule, parseScheduleRequest, type ScheduleRequest } from "./schedule-request.ts";

interface Ports {
  readonly clock: Clock;
  readonly input: Readable;
  readonly output: Writable;
}

interface Flags extends Partial<Omit<ScheduleRequest, "days">> {
  readonly days?: string;
  readonly stdin?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ pra schedule --timezone Asia/Calcutta --days MON,TUE,WED,THU,FRI --start 09:00 --end 17:00
  $ echo '{"timezone":"UTC","days":["MON"],"start":"22:00","end":"06:00"}' | pra schedule --stdin`;

/** `pra schedule`: what ZPA is told for working hours, when that really opens, and when it must be told anew. */
export function registerSchedule(program: Command, ports: Partial<Ports> = {}): void {
  const { clock = systemClock, input = process.stdin, output = process.stdout } = ports;
  program
    .command("schedule")
    .description("turn working hours and a time zone into UTC crons, real windows and the zone's transitions")
    .option("--timezone <name>", "IANA time zone, such as Europe/Berlin")
    .option("--days <list>", "days in the order that the crons keep, such as MON,TUE,FRI")
    .option("--start <HH:mm>", "local start")
    .option("--end <HH:mm>", "local end; before the start it means the next local day")
    .option("--at <instant>", "ISO instant whose UTC offset counts (default: now)")
    .option("--from <instant>", "start of the range for windows and transitions (default: --at)")
    .option("--until <instant>", "end of the range (default: 28 days after --from)")
    .option("--stdin", "read one request a line as JSON, answer one line each")
    .addHelpText("after", EXAMPLES)
    .action(async (_flags: unknown, command: Command) => {
      const { days, stdin, json, ...rest } = command.optsWithGlobals<Flags>();
      if (stdin) return answerLines({ clock, input, output });
      const request = parseScheduleRequest({ ...rest, days: days?.split(",").filter((day) => day !== "") });
      const schedule = computeSchedule(request, clock.now());
      if (json) return void output.write(`${JSON.stringify(schedule)}\n`);
      // Loaded only here: date-fns-tz takes most of a second, which every command would wait for.
      const { scheduleTable } = await import("./schedule-table.ts");
      output.write(scheduleTable(schedule, request.timezone));
    });
}
