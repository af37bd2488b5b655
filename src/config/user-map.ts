import { z } from "zod";

const pair = /^([^\s=,]+@[^\s=,]+)=([^\s=,]+)$/;

/** `slack=zpa` pairs, between commas or one a line; lines that begin with `#` are notes. Both halves lower case; no Slack email twice. */
export const userMap = z.string().transform((typed, context): ReadonlyMap<string, string> => {
  const entries = typed
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("#"))
    .flatMap((line) => line.split(","))
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== "")
    .map((part) => pair.exec(part));
  const map = new Map<string, string>();
  for (const [index, entry] of entries.entries()) {
    const [, slackEmail, zpaUser] = entry ?? [];
    if (slackEmail === undefined || zpaUser === undefined) {
      context.addIssue({ code: "custom", message: `be slack=zpa pairs; pair ${index + 1} is not one` });
    } else if (map.has(slackEmail)) {
      context.addIssue({ code: "custom", message: `name each Slack email once; pair ${index + 1} repeats one` });
    } else {
      map.set(slackEmail, zpaUser);
    }
  }
  return map;
});
