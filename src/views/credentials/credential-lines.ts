import type { KnownBlock, PlainTextOption } from "@slack/types";
import type { CredentialPlace, CredentialUse, CredentialView } from "../../services/credentials/credentials-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { LIMIT, option, plain, section } from "../blocks.ts";
import { microtenantChoice } from "../button-value.ts";
import { named } from "../literal.ts";
import { foldedBullets } from "../name-list.ts";
import { line, richText, strong, words } from "../rich-text.ts";

/** Of a credential that is deleted or moved these are named, and are what the person has seen. */
export const USES_SHOWN = 40;

/** A type as people call it; one that a later version of ZPA has, as ZPA does. */
export const typeName = (type: string, { credentialPage: { types } }: Texts): string =>
  Object.entries(types).find(([each]) => each === type)?.[1] ?? named(type, 40);

/** How old the secret is, and in words whether that is too old. */
export function ageSentence({ lastResetAt, ageDays, isStale }: CredentialView, maxAgeDays: number, { credentials: say }: Texts): string {
  if (ageDays === null) return `${say.resetUnknown}${say.isStaleUnknown}`;
  return `${lastResetAt === null ? say.notReset(ageDays) : say.reset(ageDays)}${isStale ? say.isStale(maxAgeDays) : say.isFresh}`;
}

/** Which rules would lose a credential, and what that means. */
export function usesBlocks(uses: readonly CredentialUse[], meaning: string, texts: Texts): KnownBlock[] {
  const { credentials: say } = texts;
  if (uses.length === 0) return [section(plain(say.usesNone, LIMIT.section))];
  return [
    richText(
      line(strong(say.uses)),
      foldedBullets(
        uses.map(({ name }) => [words(named(name, 100))]),
        USES_SHOWN,
        texts,
      ),
    ),
    section(plain(meaning, LIMIT.section)),
  ];
}

/** Microtenants for a menu, which holds a hundred. */
export const placeOptions = (places: readonly CredentialPlace[]): PlainTextOption[] =>
  places.slice(0, LIMIT.options).map(({ id, name }) => option(microtenantChoice(id), named(name, LIMIT.option)));
