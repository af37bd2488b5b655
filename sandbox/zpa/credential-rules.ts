import { createHash } from "node:crypto";
import { z } from "zod";
import { credentialUses } from "./credential-uses.ts";
import { invalidArgument, TenantRefusal } from "./refusal.ts";
import { credentialTypes, type MicrotenantId, type StoredCredential, type Tenant } from "./tenant.ts";

const needed = z.string().refine((text) => text.trim() !== "");
const optional = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === null || text === "" ? null : text));

/** What a create or an update sets. What is left out is empty afterwards: an update is of the whole object. */
export type CredentialFields = Pick<
  StoredCredential,
  "name" | "description" | "credentialType" | "userName" | "userDomain" | "secretSha256" | "microtenantId"
>;

/**
 * The fields as they were sent; unknown ones are ignored. Two credentials may have one name: whether the real service refuses that is not
 * public. A user domain of a PASSWORD is taken and forgotten (recorded).
 * @throws TenantRefusal for a missing name, an unknown type, and where the type's user name or secret is missing; it repeats no value
 */
export function credentialFields(body: unknown, microtenantId: MicrotenantId): CredentialFields {
  const sent = z.record(z.string(), z.unknown()).safeParse(body).data;
  if (sent === undefined) throw invalidArgument("body");
  const credentialType = field(z.enum(credentialTypes), sent, "credentialType");
  const isPasswordAlone = credentialType === "PASSWORD";
  const userDomain = field(optional, sent, "userDomain");
  return {
    name: field(needed, sent, "name"),
    description: field(optional, sent, "description"),
    credentialType,
    userName: field(isPasswordAlone ? optional : needed, sent, "userName"),
    userDomain: isPasswordAlone ? null : userDomain,
    secretSha256: digest(secretOf(sent, credentialType)),
    microtenantId,
  };
}

/** @throws TenantRefusal when an update would make another type of it. The vendor's provider refuses it; the real id is not public. */
export function refuseOtherType(stored: StoredCredential, { credentialType }: CredentialFields): void {
  if (credentialType !== stored.credentialType) throw invalidArgument("credentialType", "cannot be changed");
}

/** @throws TenantRefusal while a rule injects the credential. The real id is not public; the vendor's provider detaches it first. */
export function refuseUsed(tenant: Tenant, credentialId: string): void {
  const uses = credentialUses(tenant, credentialId);
  if (uses.length === 0) return;
  throw new TenantRefusal(400, {
    params: [credentialId, ...uses],
    id: "resource.in.use",
    reason: "The resource is referenced by a policy rule and cannot be deleted.",
  });
}

/** The secret's parts, which live until they are digested. */
function secretOf(sent: Readonly<Record<string, unknown>>, credentialType: StoredCredential["credentialType"]): readonly string[] {
  if (credentialType !== "SSH_KEY") return [field(needed, sent, "password")];
  return [field(needed, sent, "privateKey"), field(optional, sent, "passphrase") ?? ""];
}

/** What remains of a secret: enough to prove that the right one came, as a test would compute it. */
const digest = (parts: readonly string[]): string => createHash("sha256").update(parts.join("\0")).digest("hex");

function field<Value>(schema: z.ZodType<Value>, sent: Readonly<Record<string, unknown>>, name: string): Value {
  const { success, data } = schema.safeParse(sent[name]);
  if (!success) throw invalidArgument(name);
  return data;
}
