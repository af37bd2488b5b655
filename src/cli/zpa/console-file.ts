import { parse } from "yaml";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import { problemsIn } from "../../services/approvals/approval-config.ts";

const id = z.union([z.string().min(1), z.number().int().nonnegative()]).transform(String);

/** One console of a file. */
const Listed = z.strictObject({
  name: z.string().trim().min(1),
  description: z.string().nullable().default(null),
  enabled: z.boolean().default(true),
  /** Id of the PRA application. */
  application: id,
  /** Ids or names of portals. */
  portals: z.array(id).min(1),
});
export type ListedConsole = z.infer<typeof Listed>;

/**
 * The consoles that a YAML or JSON file names: a list of `{name, description, enabled, application, portals}`.
 * @throws PortcullisError `invalid_input`, which names what is wrong and where
 */
export function consolesInFile(text: string): readonly ListedConsole[] {
  const { success, data, error } = z.array(Listed).min(1).safeParse(parsed(text));
  if (success) return data;
  throw new PortcullisError("invalid_input", { params: { problem: problemsIn(error) } }, { cause: error });
}

function parsed(text: string): unknown {
  try {
    // Ids of 18 digits that are not quoted stay exact.
    return parse(text, (_, value) => (typeof value === "bigint" ? String(value) : value), { intAsBigInt: true });
  } catch (cause) {
    throw new PortcullisError("invalid_input", { params: { problem: "the file is neither YAML nor JSON" } }, { cause });
  }
}
