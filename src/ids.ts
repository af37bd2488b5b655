import { randomUUID } from "node:crypto";

/** Where new names come from, passed in so that tests can foresee them. */
export interface Ids {
  readonly uuid: () => string;
  /** A short name for a fault, shown to a person and written to the log. */
  readonly reference: () => string;
}

export const randomIds: Ids = {
  uuid: () => randomUUID(),
  reference: () => randomUUID().slice(0, 8).toUpperCase(),
};
