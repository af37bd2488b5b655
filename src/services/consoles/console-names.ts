import { PortcullisError } from "../../errors.ts";
import type { ConsoleTarget } from "./consoles.ts";

/** What stands for what in a pattern of names. */
const NAME_PARTS = ["host", "domain", "name", "protocol"] as const;
type NamePart = (typeof NAME_PARTS)[number];

/** ZPA names no limit; the list of consoles in a menu cuts off after 75. */
const NAME_MAX_LENGTH = 100;

/**
 * The names of consoles by a pattern: `{host}` is the domain up to its first dot (an address stays whole), `{domain}` all of it, `{name}` what ZPA
 * calls the application, `{protocol}` such as SSH.
 *
 * @throws PortcullisError `console_pattern_invalid` for a part that there is none of and for a name that is empty or too long,
 *   `console_name_taken` for two of one name, upper and lower case alike, each with its field
 * @example consoleNames("{host} ({protocol})", [{ domain: "db-1.acme.example", protocol: "SSH", … }]) // ["db-1 (SSH)"]
 */
export function consoleNames(pattern: string, targets: readonly ConsoleTarget[]): readonly string[] {
  const names = targets.map((target) => nameOf(pattern, target));
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) throw new PortcullisError("console_name_taken", { field: "consolePattern", params: { name } });
    seen.add(name.toLowerCase());
  }
  return names;
}

function nameOf(pattern: string, target: ConsoleTarget): string {
  const name = pattern
    .replace(/\{([^{}]*)\}/gu, (whole, part: string) => {
      const known = NAME_PARTS.find((each) => each === part.trim().toLowerCase());
      if (known === undefined) throw invalid(whole);
      return partOf(known, target);
    })
    .replaceAll(/\s+/gu, " ")
    .trim();
  if (name === "" || name.length > NAME_MAX_LENGTH || !name.isWellFormed() || /\p{Cc}/u.test(name)) throw invalid(name);
  return name;
}

function partOf(part: NamePart, { name, domain, protocol }: ConsoleTarget): string {
  switch (part) {
    case "host":
      return domain === null || /^[\d.]+$|:/u.test(domain) ? (domain ?? name) : (domain.split(".")[0] ?? domain);
    case "domain":
      return domain ?? name;
    case "name":
      return name;
    case "protocol":
      return protocol ?? "";
  }
}

const invalid = (text: string): PortcullisError =>
  new PortcullisError("console_pattern_invalid", { field: "consolePattern", params: { text, limit: NAME_MAX_LENGTH } });
