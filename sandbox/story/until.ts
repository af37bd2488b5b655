import { setTimeout as pause } from "node:timers/promises";

/** Something in the story went otherwise than told. The message is a sentence for the person who runs it. */
export class StoryError extends Error {}

const lookAgainMilliseconds = 15;
const patienceMilliseconds = 30_000;

/**
 * Looks until there is something to see.
 * @param what what is waited for, as the end of "Waited 30 s for …"
 * @throws StoryError when the deadline passes
 */
export async function until<Sight>(what: string, look: () => Promise<Sight | null | undefined | false>): Promise<Sight> {
  const deadline = performance.now() + patienceMilliseconds;
  while (performance.now() < deadline) {
    const sight = await look();
    if (sight) return sight;
    await pause(lookAgainMilliseconds);
  }
  throw new StoryError(`Waited ${patienceMilliseconds / 1000} s for ${what}, in vain.`);
}
