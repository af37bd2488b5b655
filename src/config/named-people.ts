import { z } from "zod";

const named = /^([UW][A-Z0-9]{2,})(?:=([^\s=,@]+@[^\s=,@]+))?$/;

/** Slack user ids, each with an email or without: `U0ANA=ana@example.com, U0BEN`. Emails lower case; nobody twice, no groups. */
export const namedPeople = z.string().transform((typed, context): ReadonlyMap<string, string | null> => {
  const people = new Map<string, string | null>();
  for (const [index, part] of typed
    .split(/[\s,]+/)
    .filter((each) => each !== "")
    .entries()) {
    const [, userId, email = null] = named.exec(part) ?? [];
    if (userId === undefined)
      context.addIssue({ code: "custom", message: `name people (U…, W…, or U…=email), not groups; entry ${index + 1} is none` });
    else if (people.has(userId)) context.addIssue({ code: "custom", message: `name each person once; entry ${index + 1} repeats one` });
    else people.set(userId, email?.toLowerCase() ?? null);
  }
  return people;
});
