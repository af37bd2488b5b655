import { isRecord } from "../zpa/unescape-deep.ts";

/** Fields in which ZPA takes secrets. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(["password", "privateKey", "passphrase", "passPhrase"]);
const MASK = "…";

/** A value with every secret of a credential in it replaced: for what is shown, and what goes on record. */
export function maskSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskSecrets);
  return isRecord(value) ? maskFields(value) : value;
}

/** The same for an object. */
export const maskFields = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, SECRET_FIELDS.has(key) && typeof value === "string" ? MASK : maskSecrets(value)]),
  );
