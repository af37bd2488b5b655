/** Source of the present instant. Everything below `app.ts` asks this and never the system. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };
