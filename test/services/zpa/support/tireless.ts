/** A machine on which more than ten seconds pass between two looks at it, so that no limit is ever met. */
export function tireless(): () => number {
  let now = 0;
  return () => {
    now += 10_001;
    return now;
  };
}
