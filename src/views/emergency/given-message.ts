import type { Texts } from "../../texts/texts.ts";
import { type Message, markup, mentionUser, section } from "../blocks.ts";

/** Said to whoever gave access with a command, and seen by them alone. */
export function givenMessage(labels: readonly string[], beneficiaryUserId: string, { emergency: { grant } }: Texts): Message {
  const whom = mentionUser(beneficiaryUserId);
  const text = labels.length === 1 ? grant.done(labels.join(""), whom) : grant.doneTogether(labels.join(", "), whom);
  return { text, blocks: [section(markup(text))] };
}
