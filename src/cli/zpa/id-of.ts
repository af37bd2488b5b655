import { PortcullisError } from "../../errors.ts";

interface Named {
  readonly id: string;
  readonly name: string | null;
}

/**
 * The id that somebody means by an id or a whole name, upper and lower case alike. ZPA is only asked for names.
 * @throws PortcullisError `invalid_input` for a name that nothing, or more than one thing, has
 */
export async function idOf(text: string, what: string, list: () => Promise<readonly Named[]>): Promise<string> {
  if (/^\d+$/.test(text)) return text;
  const wanted = text.trim().toLowerCase();
  const found = (await list()).filter(({ name }) => name?.toLowerCase() === wanted);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first.id;
  const problem = first === undefined ? `there is no ${what} “${text}”` : `more than one ${what} is called “${text}”: name it by its id`;
  throw new PortcullisError("invalid_input", { params: { problem } });
}
