const TOKEN = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/gu;
const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** Ids of the people whom a message mentions without their names. */
export const mentionedIn = (mrkdwn: string): readonly string[] => [
  ...new Set([...mrkdwn.matchAll(TOKEN)].flatMap(([, sign, id, label]) => (sign === "@" && id && !label ? [id] : []))),
];

/**
 * What a person typed, out of the mrkdwn in which Slack delivers it: a mention is `@name`, a link its address, and no markup is left that
 * could come alive again.
 *
 * @param nameOf the name of a mentioned person, null when nobody knows it
 * @example plainText("see <https://example.com|the page> &amp; ask <@U1>", () => "Ana") // "see the page (https://example.com) & ask @Ana"
 */
export const plainText = (mrkdwn: string, nameOf: (userId: string) => string | null): string =>
  mrkdwn
    .replaceAll(TOKEN, (_, sign: string, target: string, label: string | undefined) => spelled(sign, target, label || null, nameOf))
    .replaceAll(/&(?:lt|gt|amp);/gu, (entity) => ENTITIES[entity] ?? entity)
    .trim();

function spelled(sign: string, target: string, label: string | null, nameOf: (userId: string) => string | null): string {
  switch (sign) {
    case "@":
      return `@${label ?? nameOf(target) ?? target}`;
    case "#":
      return `#${label ?? target}`;
    case "!":
      // <!channel>, <!subteam^S1|@handle>, <!date^1^{time}|today>
      return label ?? `@${target.split("^").at(-1) ?? target}`;
    default: {
      const address = target.replace(/^mailto:/u, "");
      return label === null || label === address || label === target ? address : `${label} (${address})`;
    }
  }
}
