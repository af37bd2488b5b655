import { z } from "zod";
import type { CredentialUse, UsesOfCredential } from "../credentials/credentials-service.ts";
import type { PolicyRule } from "../zpa/policy/policy.ts";
import type { ZpaClient } from "../zpa/zpa-client.ts";

const injecting = z.object({ credential: z.object({ id: z.coerce.string() }) });

/**
 * Rules that name the credential itself: those that take it out of a pool do not say so. Microtenants inherit the credentials of the Default
 * one, so of those the rules of all microtenants are read.
 */
export const usesOfCredential =
  ({ policy, microtenants }: Pick<ZpaClient, "policy" | "microtenants">): UsesOfCredential =>
  async (credentialId, microtenantId) => {
    const places =
      microtenantId === null ? [null, ...(await microtenants.list()).map(({ id }) => id).filter((id) => id !== "0")] : [microtenantId];
    const uses = new Map<string, CredentialUse>();
    for (const place of places) {
      const rules = await policy.rules("CREDENTIAL_POLICY", { microtenantId: place });
      for (const { id, name } of rules.filter((rule) => isInjecting(rule, credentialId))) uses.set(id, { ruleId: id, name });
    }
    return [...uses.values()];
  };

const isInjecting = ({ raw }: PolicyRule, credentialId: string): boolean => injecting.safeParse(raw).data?.credential.id === credentialId;
