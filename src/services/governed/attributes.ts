import { createHash } from "node:crypto";

/**
 * What an approval in SailPoint carries to become access, in its additional attributes. Values are texts, as SailPoint keeps them. Who gets
 * the access is no attribute: it is the requestee.
 */
export const ATTRIBUTE = {
  /** Names or ids, between commas, semicolons or one a line; or a JSON array. */
  consoles: "portcullisConsoles",
  /** ISO 8601 with an offset. Left out: from the approval on. */
  start: "portcullisStart",
  /** ISO 8601 with an offset; or a duration instead. */
  end: "portcullisEnd",
  /** `PT8H`, `P2D`, `8h`, `2d`. */
  duration: "portcullisDuration",
  /** `MON,TUE,WED`. */
  days: "portcullisDays",
  /** `HH:MM`, local. */
  hoursStart: "portcullisHoursStart",
  hoursEnd: "portcullisHoursEnd",
  /** An IANA zone. */
  timeZone: "portcullisTimeZone",
  /** Left out: the approval's name and description. */
  reason: "portcullisReason",
  /** May repeat who gets the access. Whoever else it names makes the approval void. */
  beneficiary: "portcullisBeneficiary",
} as const;

/** Whatever is called like ours is ours, so that a misspelt name is refused and not overlooked. */
const PREFIX = "portcullis";

type Attributes = Readonly<Record<string, unknown>>;

/** Our attributes among those of an approval. */
export const ownAttributes = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => name.trim().toLowerCase().startsWith(PREFIX)));

/**
 * A digest of our attributes, whatever their order; null when there are none, or none that can be read. What others keep beside them does
 * not count.
 */
export function attributesDigest(attributes: Attributes | null): string | null {
  const own = Object.entries(ownAttributes(attributes ?? {})).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return own.length === 0 ? null : createHash("sha256").update(JSON.stringify(own)).digest("hex");
}

/** A text of SailPoint's as the database can keep it. */
export const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();
