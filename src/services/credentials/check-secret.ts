import { PortcullisError } from "../../errors.ts";
import type { CredentialSecret, CredentialType } from "../zpa/credentials/credential.ts";
import type { ReadKey } from "./read-key.ts";

/** Ours: ZPA's limits are not documented. A 16384-bit RSA key is some 13,000 characters. */
const LONGEST_PASSWORD = 1024;
const LONGEST_KEY = 20_000;

/** @throws PortcullisError `secret_missing`, `secret_too_long`, `secret_not_of_type`, `key_*`; none of them repeats a part of the secret */
export type CheckSecret = (type: CredentialType, secret: CredentialSecret) => Promise<void>;

/** What can be known to be wrong with a secret before it is sent anywhere. */
export const createCheckSecret =
  (readKey: ReadKey): CheckSecret =>
  async (type, secret) => {
    if ((type === "SSH_KEY") !== (secret.kind === "key")) throw new PortcullisError("secret_not_of_type");
    if (secret.kind === "password") return refuseUnfit(secret.password, LONGEST_PASSWORD);
    refuseUnfit(secret.privateKey, LONGEST_KEY);
    if (secret.passphrase !== null) refuseUnfit(secret.passphrase, LONGEST_PASSWORD);
    const read = await readKey(secret);
    switch (read) {
      case "fine":
        return;
      case "public":
        throw new PortcullisError("key_is_public");
      case "passphrase-missing":
        throw new PortcullisError("key_passphrase_missing");
      case "passphrase-wrong":
        throw new PortcullisError("key_passphrase_wrong");
      case "passphrase-needless":
        throw new PortcullisError("key_passphrase_needless");
      case "unreadable":
        throw new PortcullisError("key_not_understood");
    }
  };

function refuseUnfit(text: string, longest: number): void {
  if (text === "") throw new PortcullisError("secret_missing");
  if (text.length > longest) throw new PortcullisError("secret_too_long", { params: { limit: longest } });
}
