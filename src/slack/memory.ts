import type { Timers } from "../timers.ts";

/**
 * Remembers what a key stood for during `milliseconds`; callers that ask for one key at the same moment share one question.
 * A failure is never remembered.
 */
export const createMemory = <T>({
  ask,
  milliseconds,
  timers,
}: {
  readonly ask: (key: string) => Promise<T>;
  readonly milliseconds: number;
  readonly timers: Timers;
}) => {
  const known = new Map<string, { readonly askedAt: number; readonly answer: Promise<T> }>();

  const forgetOld = (now: number): void => {
    for (const [key, { askedAt }] of known) {
      if (now - askedAt < milliseconds) return;
      known.delete(key);
    }
  };

  const recall = (key: string): Promise<T> => {
    const now = timers.monotonicMilliseconds();
    forgetOld(now);
    const remembered = known.get(key);
    if (remembered) return remembered.answer;
    const entry = { askedAt: now, answer: ask(key) };
    known.set(key, entry);
    entry.answer.catch(() => {
      if (known.get(key) === entry) known.delete(key);
    });
    return entry.answer;
  };
  /** Has the next question about a key asked anew. */
  const forget = (key: string): void => void known.delete(key);
  return Object.assign(recall, { forget });
};
