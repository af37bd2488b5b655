import { z } from "zod";
import type { MicrotenantOption } from "../zpa/zpa-client.ts";
import type { UsesOfCredential } from "./credentials-service.ts";

/** What is needed of a client of ZPA's policies. */
export interface CredentialPolicy {
  rules(
    type: "CREDENTIAL_POLICY",
    options?: MicrotenantOption,
  ): Promise<readonly { readonly id: string; readonly name: string; readonly raw: Readonly<Record<string, unknown>> }[]>;
}

/** Ids come as strings, and from some answers as bare numbers. */
const Injects = z.object({ credential: z.object({ id: z.coerce.string() }) });

/** Which rules of the credential policy inject a credential (`credential.id` of a rule, "Configuring Access Policies Using API"). */
export const usesOfCredential =
  (policy: CredentialPolicy): UsesOfCredential =>
  async (credentialId, microtenantId) =>
    (await policy.rules("CREDENTIAL_POLICY", { microtenantId }))
      .filter(({ raw }) => Injects.safeParse(raw).data?.credential.id === credentialId)
      .map(({ id, name }) => ({ ruleId: id, name }));
