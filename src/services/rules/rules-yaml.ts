import { isDeepStrictEqual } from "node:util";
import { parseDocument, stringify } from "yaml";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import { ApprovalConfig, problemsIn } from "../approvals/approval-config.ts";
import { Rules, SCOPES, type ScopeKey } from "../policy/rules.ts";
import { unstorableIn } from "../policy/storable-text.ts";
import { checkRules } from "./check-rules.ts";
import { byScope, editableScope, sameScope, scopeName } from "./scope.ts";

/** Far more than rules for every segment of a large tenant. */
const LONGEST_TEXT = 1_000_000;

/** Rules of one scope as they are written and shown: what says no more than the default is left out. */
export function shownRules(rules: Rules): Partial<Rules> | Readonly<Record<string, unknown>> {
  const defaults = Rules.parse({});
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = rules[key];
      if (value === undefined || isDeepStrictEqual(value, defaults[key])) return [];
      return [[key, key === "approvalConfig" ? shownConfig(rules.approvalConfig) : value]];
    }),
  );
}

const KEYS = Object.keys(Rules.shape).filter((key): key is keyof Rules => key in Rules.shape);

/** `requiresComment` is always said: left out, it would be OFF, which nobody expects of rules that say something else. */
function shownConfig(config: ApprovalConfig): Readonly<Record<string, unknown>> {
  const { requiresComment, ...rest } = config;
  return { requiresComment, ...(without(rest, ApprovalConfig.parse({})) ?? {}) };
}

function without(value: unknown, defaults: unknown): Readonly<Record<string, unknown>> | null {
  if (!isPlain(value) || !isPlain(defaults)) return null;
  const kept = Object.entries(value).flatMap(([key, each]) => {
    const standard = defaults[key];
    if (each === undefined || each === null || isDeepStrictEqual(each, standard)) return [];
    return [[key, isPlain(each) && isPlain(standard) ? without(each, standard) : each] as const];
  });
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @example rulesYaml(Rules.parse({ approvers: ["U01"] })) // "approvers:\n  - U01\n" */
export const rulesYaml = (rules: Rules): string => yamlOf(shownRules(rules));

export const yamlOf = (value: unknown): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

/** @throws PortcullisError `rules_invalid` */
export const rulesFromYaml = (text: string): Rules => checkRules(readYaml(text));

/** One scope of an exported document. `revision` is what it was exported at; null where the document does not say. */
export interface DocumentEntry extends ScopeKey {
  readonly revision: number | null;
  readonly rules: Rules;
}

const Entry = z.strictObject({
  scope: z.enum(SCOPES),
  scopeId: z.union([z.string(), z.number()]).default("").transform(String),
  revision: z.number().int().min(0).nullable().default(null),
  rules: z.unknown(),
});
const Document = z.strictObject({ rules: z.array(Entry) });

/** All rules, as they are shown, as one YAML document in a stable order: fit for a repository. */
export const documentYaml = (entries: readonly (ScopeKey & { readonly revision: number; readonly rules: object })[]): string =>
  yamlOf({
    rules: entries.toSorted(byScope).map(({ scope, scopeId, revision, rules }) => ({
      scope,
      ...(scopeId === "" ? {} : { scopeId }),
      revision,
      rules,
    })),
  });

/** @throws PortcullisError `rules_invalid` | `scope_frozen` | `scope_invalid` */
export function documentFromYaml(text: string): readonly DocumentEntry[] {
  const parsed = Document.safeParse(readYaml(text));
  if (!parsed.success)
    throw new PortcullisError("rules_invalid", { field: "rules", params: { problem: problemsIn(parsed.error) } }, { cause: parsed.error });
  const entries = parsed.data.rules.map((entry) => ({ ...entry, ...editableScope(entry), rules: rulesOf(entry) }));
  const repeated = entries.find((entry, index) => entries.findIndex((other) => sameScope(entry, other)) !== index);
  if (repeated !== undefined) throw invalid(`${scopeName(repeated)} stands in the document twice`);
  return entries.toSorted(byScope);
}

/** What is wrong is said with its scope: a document holds many. */
function rulesOf({ rules, ...key }: z.infer<typeof Entry>): Rules {
  try {
    return checkRules(rules);
  } catch (cause) {
    if (!(cause instanceof PortcullisError) || cause.code !== "rules_invalid") throw cause;
    throw invalid(`${scopeName(key)}: ${cause.details.params?.problem}`, cause);
  }
}

/** Ids of ZPA have more digits than a number keeps: written without quotation marks they must not come out as their neighbours. */
function readYaml(text: string): unknown {
  if (text.length > LONGEST_TEXT) throw new PortcullisError("text_too_long", { field: "rules", params: { limit: LONGEST_TEXT } });
  const document = parseDocument(text, { intAsBigInt: true, prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) throw invalid(`this is not YAML: ${error.message.split("\n")[0]?.replace(/:$/, "")}`, error);
  const value = plainIn(document);
  const unstorable = unstorableIn(value);
  if (unstorable !== null) throw invalid(unstorable);
  return value;
}

function plainIn(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return withNumbers(document.toJS());
  } catch (cause) {
    throw invalid("this is not YAML: an alias leads nowhere or too far", cause);
  }
}

function withNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (Array.isArray(value)) return value.map(withNumbers);
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withNumbers(each)])) : value;
}

const invalid = (problem: string, cause?: unknown): PortcullisError =>
  new PortcullisError("rules_invalid", { field: "rules", params: { problem } }, { cause });
