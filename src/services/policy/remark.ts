import { PortcullisError } from "../../errors.ts";
import { refuseUnstorable } from "./storable-text.ts";

/** Longest comment that is taken, in UTF-16 units; the forms say so too. All of it is shown in a thread: nothing is cut off unseen. */
export const REMARK_MAX_LENGTH = 2000;
/** Longest name and value of an additional attribute. A name must fit a menu's option. */
export const ATTRIBUTE_MAX_LENGTH = { name: 75, value: 500 } as const;

/**
 * @returns the comment without surrounding white space; null when there is nothing to keep
 * @throws PortcullisError `text_too_long` (params: length, limit) | `invalid_input` where it holds what cannot be kept
 */
export function checkRemark(typed: string | null): string | null {
  const text = typed?.trim() ?? "";
  refuseLonger(text, REMARK_MAX_LENGTH, "comment");
  refuseUnstorable(text, "comment");
  return text === "" ? null : text;
}

/** @throws PortcullisError `text_too_long` (params: length, limit) | `invalid_input` */
export function checkAttributes(set: Readonly<Record<string, string>>): void {
  refuseReserved(set);
  for (const [name, value] of Object.entries(set)) {
    refuseLonger(name, ATTRIBUTE_MAX_LENGTH.name, "attributeName");
    refuseLonger(value, ATTRIBUTE_MAX_LENGTH.value, "attributeValue");
    refuseUnstorable(name, "attributeName");
    refuseUnstorable(value, "attributeValue");
  }
}

/** A name that is lost on the way through JSON's readers. */
const RESERVED = ["__proto__"];

/** What is wrong with the names of attributes; null when nothing is. */
export function reservedIn(attributes: object): string | null {
  const reserved = Object.keys(attributes).find((name) => RESERVED.includes(name));
  return reserved === undefined ? null : `${reserved} cannot be the name of an attribute`;
}

/** @throws PortcullisError `invalid_input` for a name that cannot be kept */
export function refuseReserved(attributes: object): void {
  const problem = reservedIn(attributes);
  if (problem !== null) throw new PortcullisError("invalid_input", { field: "attributeName", params: { problem } });
}

function refuseLonger(text: string, limit: number, field: "comment" | "attributeName" | "attributeValue"): void {
  if (text.length > limit) throw new PortcullisError("text_too_long", { field, params: { length: text.length, limit } });
}
