import { z } from "zod";
import { unescapeFields } from "../unescape-deep.ts";
import { epochSeconds, wireId, wireMicrotenantId, wireName, wireText } from "../wire.ts";
import type { CredentialDraft, CredentialSecret, PrivilegedCredential } from "./credential.ts";

/** As ZPA calls them. It never answers with one; an answer that does all the same loses it here. */
const secretFields = ["password", "privateKey", "passphrase"] as const;

/** Not every credential tells every instant, and one that cannot be read is no reason to lose the list. */
const instant = epochSeconds
  .nullish()
  .catch(null)
  .transform((at) => at ?? null);

const fields = z.object({
  id: wireId,
  name: wireName,
  description: wireText,
  credentialType: z
    .string()
    .nullish()
    .transform((type) => type ?? ""),
  userName: wireText,
  userDomain: wireText,
  lastCredentialResetTime: instant,
  creationTime: instant,
  modifiedTime: instant,
  microtenantId: wireMicrotenantId,
  microtenantName: wireText,
});

/** A credential as ZPA sends it, into ours. The whole of it, but for secrets, stays in `raw`. */
export const credentialOnWire = z.record(z.string(), z.unknown()).transform((sent, context): PrivilegedCredential => {
  const raw = withoutSecrets(sent);
  const { success, data, error } = fields.safeParse(raw);
  if (!success) {
    for (const { message, path } of error.issues) context.addIssue({ code: "custom", message, path });
    return z.NEVER;
  }
  const { credentialType, lastCredentialResetTime, creationTime, modifiedTime, ...same } = data;
  return {
    ...same,
    type: credentialType,
    lastResetAt: lastCredentialResetTime,
    createdAt: creationTime,
    modifiedAt: modifiedTime,
    raw,
  };
});

/** The body of a create. What is null is left out. */
export const createBody = ({ name, description, type, userName, userDomain, secret }: CredentialDraft): Record<string, unknown> => ({
  name,
  credentialType: type,
  ...(description === null ? {} : { description }),
  ...(userName === null ? {} : { userName }),
  ...(userDomain === null ? {} : { userDomain }),
  ...secretBody(secret),
});

/** The body of an update: all that was read, unescaped, what is wanted over it, and nothing of what is no longer wanted. */
export function updateBody(current: PrivilegedCredential, draft: CredentialDraft): Record<string, unknown> {
  const { description: _, userName: __, userDomain: ___, ...kept } = unescapeFields(withoutSecrets(current.raw));
  return { ...kept, ...createBody(draft) };
}

const withoutSecrets = (body: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !secretFields.some((field) => field === key)));

/** Every text that must not come back out of a call with this secret. */
export const textsOf = (secret: CredentialSecret): readonly string[] =>
  secret.kind === "password" ? [secret.password] : [secret.privateKey, secret.passphrase ?? ""].filter((text) => text !== "");

function secretBody(secret: CredentialSecret): Record<string, string> {
  if (secret.kind === "password") return { password: secret.password };
  const { privateKey, passphrase } = secret;
  return { privateKey, ...(passphrase === null ? {} : { passphrase }) };
}
