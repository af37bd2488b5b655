/** Views remembered: far more than people have forms open at one time. */
const VIEWS_KEPT = 1000;

export interface LatestChange {
  /** Notes a change of a view. `actionTs` is Slack's time of the click, in seconds with decimals: fixed length, so it sorts as text. */
  note(viewId: string, actionTs: string): void;
  /** Whether a later change of the view is known. */
  isOvertaken(viewId: string, actionTs: string): boolean;
}

/** Which change of each open form is the last: two made in quick succession are worked on at the same time and may finish in any order. */
export function createLatestChange(): LatestChange {
  const latest = new Map<string, string>();
  return {
    note(viewId, actionTs) {
      const newest = [latest.get(viewId) ?? "", actionTs].sort().at(-1) ?? actionTs;
      latest.delete(viewId); // set anew below, so that the map stays in the order of use
      latest.set(viewId, newest);
      const [oldest] = latest.keys();
      if (latest.size > VIEWS_KEPT && oldest !== undefined) latest.delete(oldest);
    },
    isOvertaken: (viewId, actionTs) => (latest.get(viewId) ?? "") > actionTs,
  };
}
