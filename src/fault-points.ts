/**
 * The places between a click and "Granted" where a crash would hurt most. Production passes a function that does nothing;
 * the tests pass one that kills the process.
 */
export const FAULT_POINTS = [
  "click.recorded",
  "decision.before-commit",
  "decision.committed",
  "grant.claimed",
  "grant.attempt-recorded",
  "grant.posted",
  "grant.id-recorded",
  "grant.read-back",
  "grant.committed",
  "cards.updating",
] as const;

export type FaultPointName = (typeof FAULT_POINTS)[number];

export type FaultPoint = (name: FaultPointName) => void | Promise<void>;

export const noFault: FaultPoint = () => {};
