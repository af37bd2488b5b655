import { readFileSync } from "node:fs";
import type { HomeView, KnownBlock, ModalView, PlainTextOption } from "@slack/types";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { surfaceRules } from "./surface-rules.ts";

export type Surface = "message" | "modal" | "home";

/** One thing that Slack would refuse, with the JSON pointer to it. */
export interface Complaint {
  readonly pointer: string;
  readonly message: string;
}

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly complaints: readonly Complaint[] };

const ajv = new Ajv({ discriminator: true, strict: false, allErrors: true });
ajv.addSchema(JSON.parse(readFileSync(new URL("../block-kit.schema.json", import.meta.url), "utf8")), "block-kit");

const list = (definition: string, maxItems: number) => ({
  type: "array",
  maxItems,
  items: { $ref: `block-kit#/definitions/${definition}` },
});
const messageBlocks = ajv.compile<KnownBlock[]>(list("KnownBlock", 50));
const modal = ajv.compile<ModalView>({ $ref: "block-kit#/definitions/ModalView" });
const home = ajv.compile<HomeView>({ $ref: "block-kit#/definitions/HomeView" });
const options = ajv.compile<{ options?: PlainTextOption[]; option_groups?: { label: { text: string }; options: PlainTextOption[] }[] }>({
  type: "object",
  anyOf: [{ required: ["options"] }, { required: ["option_groups"] }],
  properties: { options: list("PlainTextOption", 100), option_groups: list("OptionGroup", 100) },
});

const complaint = ({ instancePath, message, params }: ErrorObject): Complaint => ({
  pointer: instancePath,
  message: `${message ?? "is not valid"}${"additionalProperty" in params ? `: ${params.additionalProperty}` : ""}`,
});

function check<T>(validate: ValidateFunction<T>, value: unknown, root: string, more: (value: T) => readonly Complaint[]): Checked<T> {
  if (!validate(value)) {
    return { ok: false, complaints: (validate.errors ?? []).map(complaint).map((each) => ({ ...each, pointer: root + each.pointer })) };
  }
  const complaints = more(value);
  return complaints.length === 0 ? { ok: true, value } : { ok: false, complaints };
}

/** Blocks of a message, against Slack's types, their documented limits and the rules of the surface. */
export const checkMessageBlocks = (blocks: unknown): Checked<KnownBlock[]> =>
  check(messageBlocks, blocks, "/blocks", (valid) => surfaceRules(valid, "message", "/blocks"));

/** A modal: as blocks of a message, and a submit button where there is an input. */
export const checkModal = (view: unknown): Checked<ModalView> =>
  check(modal, view, "/view", (valid) => [...surfaceRules(known(valid), "modal", "/view/blocks"), ...submitRule(valid)]);

/** The view of an App Home. */
export const checkHome = (view: unknown): Checked<HomeView> =>
  check(home, view, "/view", (valid) => surfaceRules(known(valid), "home", "/view/blocks"));

/** The answer to a block_suggestion: at most 100 options or groups. */
export const checkOptions = (answer: unknown) => check(options, answer, "", () => []);

const submitRule = (view: ModalView): Complaint[] =>
  view.submit || !view.blocks.some((block) => block.type === "input")
    ? []
    : [{ pointer: "/view/submit", message: "missing required field: submit (the view has input blocks)" }];

/** The schema has let only known blocks through; the published type of a view still allows any object with a type. */
export const known = (view: ModalView | HomeView): KnownBlock[] => view.blocks as KnownBlock[];
