/** Wall-clock time in an IANA zone, by the browser's own zone data. */

const dayMilliseconds = 86_400_000;

/** `2026-03-29T09:30`, the form that a `datetime-local` input takes, in the zone. */
export const toLocalInput = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  })
    .format(instant)
    .replace(" ", "T");

/** Milliseconds by which the zone's wall clock is ahead of UTC at the instant, to the minute. */
export function offsetAt(instant: Date, timeZone: string): number {
  const minute = Math.floor(instant.getTime() / 60_000) * 60_000;
  return Date.parse(`${toLocalInput(new Date(minute), timeZone)}Z`) - minute;
}

/**
 * The instant of a local `YYYY-MM-DDTHH:mm`; null when that is not a time.
 * A repeated time is its first occurrence; a skipped one moves forward by the gap.
 */
export function fromLocalInput(local: string, timeZone: string): Date | null {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  const before = offsetAt(new Date(asUtc - dayMilliseconds), timeZone);
  const after = offsetAt(new Date(asUtc + dayMilliseconds), timeZone);
  const candidates = [asUtc - Math.max(before, after), asUtc - Math.min(before, after)];
  const real = candidates.find((instant) => toLocalInput(new Date(instant), timeZone) === local.slice(0, 16));
  return new Date(real ?? asUtc - before);
}

/** The zone's next change of offset within two years, to the minute; null where clocks are never changed. */
export function nextOffsetChange(from: Date, timeZone: string): Date | null {
  const offset = offsetAt(from, timeZone);
  for (let day = 1; day <= 731; day += 1) {
    let high = from.getTime() + day * dayMilliseconds;
    if (offsetAt(new Date(high), timeZone) === offset) continue;
    let low = high - dayMilliseconds;
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(new Date(middle), timeZone) === offset) low = middle;
      else high = middle;
    }
    return new Date(Math.floor(high / 60_000) * 60_000);
  }
  return null;
}
