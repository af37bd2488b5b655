import { setImmediate } from "node:timers/promises";

const SLICE = 5_000;

/** Maps a long row and lets waiting work run before every few thousand items: Slack's clicks are acknowledged on this thread. */
export async function mapInSlices<From, To>(row: readonly From[], map: (item: From) => To): Promise<To[]> {
  const mapped: To[] = [];
  for (let start = 0; start < row.length; start += SLICE) {
    await setImmediate();
    for (const item of row.slice(start, start + SLICE)) mapped.push(map(item));
  }
  return mapped;
}
