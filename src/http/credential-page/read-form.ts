import { z } from "zod";
import type { CredentialSecret, CredentialType } from "../../services/zpa/credentials/credential.ts";

/** Secrets are taken as they are typed, but for the line ends that browsers make of a text area's. */
const Fields = z.object({
  csrf: z.string().catch(""),
  password: z.string().catch(""),
  key: z.string().catch(""),
  file: z.instanceof(File).nullable().catch(null),
  passphrase: z.string().catch(""),
});

export interface SentForm {
  readonly csrf: string;
  readonly secret: CredentialSecret;
}

/** What a form brought, whatever of it is missing: what is wrong with it is said by the one who looks at the secret. */
export async function readForm(body: unknown, type: CredentialType): Promise<SentForm> {
  const { csrf, password, key, file, passphrase } = Fields.parse(body);
  if (type !== "SSH_KEY") return { csrf, secret: { kind: "password", password } };
  const typed = key.trim() === "" && file !== null ? await file.text() : key;
  const text = typed.replace(/\r\n?/gu, "\n").trim();
  const privateKey = text === "" ? "" : `${text}\n`;
  return { csrf, secret: { kind: "key", privateKey, passphrase: passphrase === "" ? null : passphrase } };
}
