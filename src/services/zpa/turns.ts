/** Lets one work run at a time. */
export interface Turns {
  /** Runs `work` when everybody who asked before is done. What it throws is thrown, and the next one runs all the same. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Turns within one process. */
export function createProcessTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (work) => {
      const mine = last.then(work);
      last = Promise.allSettled([mine]); // what it throws is for whoever asked; the next one waits for its end
      return mine;
    },
  };
}
