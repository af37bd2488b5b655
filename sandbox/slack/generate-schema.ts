/**
 * Writes `block-kit.schema.json`: the JSON Schema of Slack's own published types with the limits that stand in their JSDoc.
 * Run after an update of `@slack/types`: `npx node sandbox/slack/generate-schema.ts`; with `--print` it writes to standard output.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createGenerator } from "ts-json-schema-generator";

type Schema = {
  description?: string;
  type?: string;
  const?: unknown;
  $ref?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  discriminator?: { propertyName: string };
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};
type Definitions = Record<string, Schema>;

const ROOTS = ["KnownBlock", "ModalView", "HomeView", "Option", "OptionGroup"];
const IDENTIFIERS = ["block_id", "action_id", "callback_id", "external_id"];
const NEVER_EMPTY = ["elements", "options", "option_groups", "fields"];

const TEXT_LIMIT = /max(?:imum)? length[^.]*?(\d+)/i;
const ITEM_LIMIT = /(?:max(?:imum)?(?! length)|up to)[^.]*?(\d+)/i;

function generate(): Definitions {
  const generator = createGenerator({
    path: fileURLToPath(import.meta.resolve("@slack/types")).replace(/\.js$/, ".d.ts"),
    skipTypeCheck: true,
    additionalProperties: false,
  });
  const definitions: Definitions = {};
  for (const root of ROOTS) Object.assign(definitions, JSON.parse(JSON.stringify(generator.createSchema(root).definitions)));
  return definitions;
}

const mapEntries = (record: Definitions, change: (schema: Schema, key: string) => Schema): Definitions =>
  Object.fromEntries(Object.entries(record).map(([key, schema]) => [key, change(schema, key)]));

const target = (schema: Schema, definitions: Definitions): Schema =>
  schema.$ref ? (definitions[schema.$ref.replace("#/definitions/", "")] ?? {}) : schema;

/** A limit that is said of a field holding a text object is a limit of that object's `text`. */
function limitText(schema: Schema, maxLength: number): Schema {
  if (schema.type === "string") return { ...schema, maxLength };
  const onText = { properties: { text: { maxLength } } };
  return schema.type === "array" ? { ...schema, items: { allOf: [schema.items ?? {}, onText] } } : { allOf: [schema, onText] };
}

function withDocumentedLimits(schema: Schema): Schema {
  const said = (schema.description ?? "").replaceAll(/\s+/g, " ");
  const text = TEXT_LIMIT.exec(said)?.[1];
  const items = ITEM_LIMIT.exec(said)?.[1];
  const limited = text ? limitText(schema, Number(text)) : schema;
  return items && schema.type === "array" ? { ...limited, maxItems: Number(items) } : limited;
}

/** What the types say only loosely, or only in prose elsewhere (docs.slack.dev/reference/block-kit and /reference/views). */
function withKnownLimits(schema: Schema, property: string): Schema {
  if (IDENTIFIERS.includes(property)) return { ...schema, maxLength: 255 };
  if (property === "option_groups") return { ...schema, minItems: 1, items: { $ref: "#/definitions/OptionGroup" } };
  return NEVER_EMPTY.includes(property) && schema.type === "array" ? { ...schema, minItems: 1 } : schema;
}

/** An image is one thing with two possible sources; as two branches it could not take part in a discriminated union. */
function mergedSources(schema: Schema): Schema {
  const branches = schema.anyOf ?? [];
  const [first] = branches;
  const kind = first?.properties?.type?.const;
  if (!first || kind === undefined || branches.some((branch) => branch.properties?.type?.const !== kind)) return schema;
  const required = (first.required ?? []).filter((key) => branches.every((branch) => branch.required?.includes(key)));
  const properties = Object.assign({}, ...branches.map((branch) => branch.properties));
  return {
    type: "object",
    properties,
    required,
    additionalProperties: false,
    anyOf: branches.map((b) => ({ required: b.required ?? [] })),
  };
}

const branchesOf = (schema: Schema, definitions: Definitions): Schema[] =>
  (schema.anyOf ?? []).flatMap((branch) => {
    const { anyOf, properties } = target(branch, definitions);
    return anyOf && !properties ? branchesOf(target(branch, definitions), definitions) : [branch];
  });

/** Branches told apart by a constant `type` become a discriminated union: one clear error instead of one for every branch. */
function discriminated(schema: Schema, definitions: Definitions): Schema {
  const branches = branchesOf(schema, definitions);
  const kinds = branches.map((branch) => target(branch, definitions).properties?.type?.const);
  if (branches.length < 2 || kinds.includes(undefined) || new Set(kinds).size < kinds.length) return schema;
  return { type: "object", required: ["type"], discriminator: { propertyName: "type" }, oneOf: branches };
}

function refine(schema: Schema, definitions: Definitions): Schema {
  const union = discriminated(schema, definitions);
  const properties =
    schema.properties &&
    mapEntries(schema.properties, (each, key) =>
      withKnownLimits(withDocumentedLimits({ ...refine(each, definitions), description: each.description }), key),
    );
  return { ...union, ...(properties && { properties }), ...(schema.items && { items: refine(schema.items, definitions) }) };
}

const textOfAtLeastOne = (schema: Schema): Schema => ({
  ...schema,
  properties: { ...schema.properties, text: { type: "string", minLength: 1, maxLength: 3000 } },
});

const { Block: _generic, AnyBlock: _any, ...generated } = generate();
const merged = mapEntries(generated, mergedSources);
const definitions: Definitions = {
  ...mapEntries(merged, (schema) => refine(schema, merged)),
  AnyBlock: { $ref: "#/definitions/KnownBlock" },
};
for (const name of ["PlainTextElement", "MrkdwnElement"]) definitions[name] = textOfAtLeastOne(definitions[name] ?? {});

const sorted = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
const withoutProse = (key: string, value: unknown): unknown => (key === "description" && typeof value === "string" ? undefined : value);
const text = `${JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#", definitions: sorted }, withoutProse, 2)}\n`;
if (process.argv.includes("--print")) process.stdout.write(text);
else writeFileSync(new URL("block-kit.schema.json", import.meta.url), text);
