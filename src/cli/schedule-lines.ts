import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import type { Clock } from "../clock.ts";
import { fromUnknown, PortcullisError } from "../errors.ts";
import { errorSentence } from "../texts/error-sentence.ts";
import { textsFor } from "../texts/texts.ts";
import { computeSchedule, parseScheduleRequest } from "./schedule-request.ts";

interface Ports {
  readonly clock: Clock;
  readonly input: Readable;
  readonly output: Writable;
}

/** A chunk of input can hold many lines, each of which asks for the windows of a hundred years. */
const WRITE_AT_LENGTH = 1_000_000;

/**
 * Answers each line of JSON with one line, in order: the schedule, or `{"error":{"code","message"}}`. An error ends its own
 * line only. What arrives together is answered together, so a long file takes few writes, and a person at a terminal waits
 * for none. A reader that has read enough (`| head`) ends it.
 */
export async function answerLines({ clock, input, output }: Ports): Promise<void> {
  try {
    await pipeline(input, (source) => answersTo(source, clock), output, { end: false });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPIPE")) throw error;
  }
}

async function* answersTo(source: AsyncIterable<Buffer>, clock: Clock): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let unfinished = "";
  let answers = "";
  for await (const chunk of source) {
    const lines = (unfinished + decoder.write(chunk)).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) {
      answers += answer(line, clock);
      if (answers.length < WRITE_AT_LENGTH) continue;
      yield answers;
      answers = "";
    }
    if (answers !== "") yield answers;
    answers = "";
  }
  if (unfinished !== "") yield answer(unfinished, clock);
}

function answer(line: string, clock: Clock): string {
  try {
    return `${JSON.stringify(computeSchedule(parseScheduleRequest(parseJson(line)), clock.now()))}\n`;
  } catch (cause) {
    const error = fromUnknown(cause);
    return `${JSON.stringify({ error: { code: error.code, message: errorSentence(error, textsFor("en")) } })}\n`;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new PortcullisError("invalid_input", { params: { problem: "the line is not JSON" } }, { cause });
  }
}
