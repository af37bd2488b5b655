/** Who reads: dates are told in the reader's own zone and language, as Slack's clients do. */
export interface Reader {
  readonly timeZone: string;
  readonly locale: string;
  readonly now: Date;
}

const formats = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  time: { timeStyle: "short" },
  time_secs: { timeStyle: "medium" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type FormatName = keyof typeof formats;
const isFormatName = (name: string): name is FormatName => name in formats;

/** Days since the epoch of the reader's calendar day. */
function localDay(instant: Date, timeZone: string): number {
  const [year, month, day] = new Intl.DateTimeFormat("sv-SE", { timeZone }).format(instant).split("-").map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1) / 86_400_000;
}

const written = (instant: Date, name: FormatName, { locale, timeZone }: Reader) => {
  // The numeric date is the one form that Slack shows alike everywhere: 2014-02-18.
  if (name === "date_num") return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(instant);
  return new Intl.DateTimeFormat(locale, { ...formats[name], timeZone }).format(instant);
};

function ago(instant: Date, { locale, now }: Reader): string {
  const seconds = (instant.getTime() - now.getTime()) / 1000;
  const [unit, size] = (
    [
      ["day", 86_400],
      ["hour", 3_600],
      ["minute", 60],
    ] as const
  ).find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale).format(Math.round(seconds / size), unit);
}

/**
 * What `<!date^seconds^format|fallback>` reads like for one person.
 * A `…_pretty` date says yesterday, today or tomorrow where that is true. Unknown placeholders give the fallback.
 * @param epochSeconds instant in UTC seconds
 */
export function formatSlackDate(epochSeconds: number, format: string, fallback: string, reader: Reader): string {
  const instant = new Date(epochSeconds * 1000);
  if (Number.isNaN(instant.getTime())) return fallback;
  let isKnown = true;
  const text = format.replaceAll(/\{([a-z_]+)\}/g, (whole, name: string) => {
    const plain = name.replace(/_pretty$/, "");
    if (name === "ago") return ago(instant, reader);
    if (!isFormatName(plain)) {
      isKnown = false;
      return whole;
    }
    const days = localDay(instant, reader.timeZone) - localDay(reader.now, reader.timeZone);
    if (name !== plain && Math.abs(days) <= 1) return new Intl.RelativeTimeFormat(reader.locale, { numeric: "auto" }).format(days, "day");
    return written(instant, plain, reader);
  });
  return isKnown ? text : fallback;
}
