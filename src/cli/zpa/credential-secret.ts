import type { ReadFile } from "../../config/read-settings.ts";
import { PortcullisError } from "../../errors.ts";
import { createCheckSecret } from "../../services/credentials/check-secret.ts";
import { createReadKey } from "../../services/credentials/read-key.ts";
import type { CredentialSecret, CredentialType } from "../../services/zpa/credentials/credential.ts";
import { systemTimers } from "../../timers.ts";
import { readSecret, type SecretTerminal } from "./read-secret.ts";

type Ports = SecretTerminal & { readonly readFile: ReadFile };

/**
 * The secret that a type takes, from standard input or typed unseen; a key also from a file. It is looked at before it goes anywhere.
 * @throws PortcullisError `invalid_input`, and what is wrong with the secret: `secret_*`, `key_*`
 */
export async function readCredentialSecret(
  ports: Ports,
  { type, keyFile }: { readonly type: CredentialType; readonly keyFile: string | undefined },
): Promise<CredentialSecret> {
  if (type === "SSH_KEY") return readKey(ports, keyFile);
  if (keyFile !== undefined) throw refused("--key-file goes with a credential of type SSH_KEY");
  return { kind: "password", password: await readSecret(ports, { prompt: "Password", lines: "one" }) };
}

async function readKey(ports: Ports, keyFile: string | undefined): Promise<CredentialSecret> {
  const typed = keyFile === undefined ? await readSecret(ports, { prompt: "Private key", lines: "many" }) : inFile(ports.readFile, keyFile);
  // Line ends of Unix, and one at the end: some readers of keys take no others.
  const privateKey = `${typed.replace(/\r\n?/g, "\n").trim()}\n`;
  const read = createReadKey(systemTimers);
  const isProtected = (await read({ privateKey, passphrase: null })) === "passphrase-missing";
  const secret = { kind: "key" as const, privateKey, passphrase: isProtected ? await readPassphrase(ports, keyFile) : null };
  await createCheckSecret(read)("SSH_KEY", secret);
  return secret;
}

async function readPassphrase(ports: Ports, keyFile: string | undefined): Promise<string> {
  if (keyFile === undefined && ports.input.isTTY !== true)
    throw refused("the key is encrypted: name its file with --key-file, and pipe in the passphrase or type it");
  return readSecret(ports, { prompt: "Passphrase of the key", lines: "one" });
}

function inFile(readFile: ReadFile, path: string): string {
  try {
    return readFile(path);
  } catch (cause) {
    throw new PortcullisError("invalid_input", { params: { problem: `the file ${path} cannot be read` } }, { cause });
  }
}

const refused = (problem: string): PortcullisError => new PortcullisError("invalid_input", { params: { problem } });
