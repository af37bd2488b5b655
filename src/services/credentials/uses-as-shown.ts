import { PortcullisError } from "../../errors.ts";
import type { PrivilegedCredential } from "../zpa/credentials/credential.ts";
import type { CredentialPorts } from "./credentials-ports.ts";

/**
 * The rules that inject a credential now, by their ids.
 * @throws PortcullisError `credential_uses_changed` when the person who is about to change it was not shown one of them
 */
export async function usesAsShown(
  { usesOf }: Pick<CredentialPorts, "usesOf">,
  { id, microtenantId }: Pick<PrivilegedCredential, "id" | "microtenantId">,
  shownUses: readonly string[],
): Promise<readonly string[]> {
  const uses = await usesOf(id, microtenantId);
  if (uses.some(({ ruleId }) => !shownUses.includes(ruleId)))
    throw new PortcullisError("credential_uses_changed", { params: { rules: uses.map(({ name }) => name).join(", ") } });
  return uses.map(({ ruleId }) => ruleId);
}
