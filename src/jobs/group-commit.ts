import { setTimeout as sleep } from "node:timers/promises";

/** A burst is over when nothing was added for this long; … */
const lullMilliseconds = 2;
/** … it is not waited out longer than this. */
const burstMilliseconds = 20;

/**
 * Writes many items in few commits: what is added in one burst, or while a write is under way, goes out together in the next write.
 * At most one write at a time. A lone item waits 2 ms; without that, the first of fifty would be written alone and the others wait
 * for two writes.
 *
 * @param write commits all or throws; a throw is every caller's
 * @returns adds an item and resolves once it is committed
 */
export function groupCommit<Item>(write: (items: readonly Item[]) => Promise<void>) {
  interface Group {
    readonly items: Item[];
    readonly done: Promise<void>;
  }
  let gathering: Group | undefined;
  let last: Promise<void> = Promise.resolve();

  const burstOver = async (items: readonly Item[]): Promise<void> => {
    const begin = performance.now();
    for (let seen = 0; seen < items.length && performance.now() - begin < burstMilliseconds; ) {
      seen = items.length;
      await sleep(lullMilliseconds);
    }
  };

  const gather = (): Group => {
    const items: Item[] = [];
    const done = last
      .then(() => burstOver(items))
      .then(() => {
        gathering = undefined;
        return write(items);
      });
    last = done.catch(() => undefined); // told to the callers of that group; the next one writes all the same
    return { items, done };
  };

  return {
    add(item: Item): Promise<void> {
      gathering ??= gather();
      gathering.items.push(item);
      return gathering.done;
    },
    /** Resolves when nothing is waiting to be written. */
    settled: (): Promise<void> => last,
  };
}
