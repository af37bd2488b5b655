/**
 * Writes many items in few commits: what is added in one turn of the event loop, or while a write is under way, goes out together
 * in the next write. At most one write at a time.
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

  const gather = (): Group => {
    const items: Item[] = [];
    // setImmediate: requests that arrived together are read in one poll phase, which ends there.
    const turnOver = new Promise<void>((resolve) => setImmediate(resolve));
    const done = Promise.all([turnOver, last]).then(() => {
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
