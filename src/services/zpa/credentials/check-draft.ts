import { PortcullisError } from "../../../errors.ts";
import type { CredentialDraft, PrivilegedCredential } from "./credential.ts";

/**
 * A draft that lacks what its type needs would be refused by ZPA, after its secret has travelled for nothing.
 * @throws PortcullisError `credential_incomplete`, `params.missing` is the field as ZPA calls it
 */
export function refuseIncomplete({ secret, ...fields }: CredentialDraft): void {
  const { type } = fields;
  const wanted = type === "SSH_KEY" ? "privateKey" : "password";
  const value = secret.kind === "key" ? secret.privateKey : secret.password;
  refuseIncompleteFields(fields);
  if (value === "" || (secret.kind === "key") !== (type === "SSH_KEY")) throw incomplete(wanted);
}

/** The same before anybody is asked for a secret. @throws PortcullisError `credential_incomplete` */
export function refuseIncompleteFields({ name, type, userName }: Pick<CredentialDraft, "name" | "type" | "userName">): void {
  if (name.trim() === "") throw incomplete("name");
  if (type !== "PASSWORD" && (userName ?? "").trim() === "") throw incomplete("userName");
}

/** ZPA does not change the type of a credential that exists. @throws PortcullisError `credential_type_fixed` */
export function refuseOtherType({ name, type }: PrivilegedCredential, draft: CredentialDraft): void {
  if (draft.type !== type) throw new PortcullisError("credential_type_fixed", { params: { name, type, wanted: draft.type } });
}

const incomplete = (missing: string): PortcullisError => new PortcullisError("credential_incomplete", { params: { missing } });
