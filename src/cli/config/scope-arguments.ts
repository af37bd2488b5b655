import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import { APPROVAL_TYPE, SCOPES, type Scope, type ScopeKey } from "../../services/policy/rules.ts";
import type { AskControl } from "../control/with-control.ts";

/** How a scope is written on the command line. */
const WORDS = {
  tenant: "TENANT",
  "approval-type": "APPROVAL_TYPE",
  microtenant: "MICROTENANT",
  "segment-group": "SEGMENT_GROUP",
  segment: "APPLICATION_SEGMENT",
  request: "APPROVAL_REQUEST",
} as const satisfies Readonly<Record<string, Scope>>;

export const SCOPE_WORDS = Object.keys(WORDS);

const Found = z.array(z.object({ scope: z.enum(SCOPES), scopeId: z.string(), name: z.string().nullable() }));

/**
 * The scope that arguments name. A microtenant may be named by its name, as the catalog knows it.
 * @throws PortcullisError `scope_invalid`
 */
export async function scopeOf(word: string, id: string | undefined, ask: AskControl): Promise<ScopeKey> {
  const scope = Object.entries(WORDS).find(([known]) => known === word)?.[1];
  if (scope === undefined) throw invalid(`${word} is none of ${SCOPE_WORDS.join(", ")}`);
  switch (scope) {
    case "TENANT":
      return { scope, scopeId: id ?? "" };
    case "APPROVAL_TYPE":
      return { scope, scopeId: id ?? APPROVAL_TYPE };
    case "MICROTENANT":
      return { scope, scopeId: await microtenantOf(needed(word, id), ask) };
    case "SEGMENT_GROUP":
    case "APPLICATION_SEGMENT":
    case "APPROVAL_REQUEST":
      return { scope, scopeId: needed(word, id) };
  }
}

async function microtenantOf(named: string, ask: AskControl): Promise<string> {
  if (/^\d+$/.test(named)) return named;
  const found = Found.parse(await ask("config.find", { text: named })).filter(
    ({ scope, name }) => scope === "MICROTENANT" && name?.toLowerCase() === named.toLowerCase(),
  );
  const [first, ...others] = found;
  if (first === undefined) throw invalid(`no microtenant in the catalog is named ${named}`);
  if (others.length > 0) throw invalid(`several microtenants are named ${named}: use the id`);
  return first.scopeId;
}

function needed(word: string, id: string | undefined): string {
  if (id === undefined || id === "") throw invalid(`${word} needs an id`);
  return id;
}

const invalid = (problem: string): PortcullisError => new PortcullisError("scope_invalid", { params: { problem } });
