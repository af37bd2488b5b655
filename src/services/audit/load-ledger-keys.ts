import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PortcullisError } from "../../errors.ts";
import { type LedgerKeys, ledgerKey } from "./ledger-keys.ts";

interface LoadKeys {
  /** LEDGER_KEY and LEDGER_OLD_KEYS. */
  readonly settings: { readonly key: string | null; readonly oldKeys: readonly string[] };
  /** DATA_DIR of the embedded database; null for a PostgreSQL, whose replicas would each make a key of their own. */
  readonly folder: string | null;
  /** A chain that is sealed already has had a key: another would not continue it. */
  readonly whenMissing: "create" | "leave";
}

const SHORTEST = 32;

/**
 * The keys of the ledger: from the settings, or from the key file of the data folder, which is made once.
 * @throws PortcullisError `setting_invalid` for a key file that holds no key, and what the file system says
 */
export function loadLedgerKeys({ settings, folder, whenMissing }: LoadKeys): LedgerKeys {
  const older = settings.oldKeys.map(ledgerKey);
  if (settings.key !== null) return { current: ledgerKey(settings.key), older };
  if (folder === null) return { current: null, older };
  const path = join(folder, "ledger.key");
  const kept = readKey(path) ?? (whenMissing === "create" ? makeKey(path) : null);
  return { current: kept === null ? null : ledgerKey(kept), older };
}

function readKey(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw cause;
  }
  if (text.length < SHORTEST)
    throw new PortcullisError("setting_invalid", { params: { settings: "LEDGER_KEY", problems: `The file ${path} holds no key.` } });
  return text;
}

/** Whole or not at all, and never over one that is there. */
function makeKey(path: string): string {
  const key = randomBytes(32).toString("hex");
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  const file = openSync(draft, "wx", 0o600);
  try {
    writeFileSync(file, `${key}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  linkSync(draft, path);
  rmSync(draft);
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
  return key;
}
