import { z } from "zod";
import { readKept, writeKept } from "../kept-file.ts";
import { keptPolicies, policiesAsKept } from "./policy/keep-policies.ts";
import { reseed, type Tenant } from "./tenant.ts";

/** One part of a tenant that outlives it: out as JSON, and in again. */
interface KeptPart {
  read(tenant: Tenant): unknown;
  write(tenant: Tenant, kept: unknown): void;
}

const entries = z.array(z.tuple([z.string(), z.unknown()]));

const objects = (of: (tenant: Tenant) => Map<string, unknown>): KeptPart => ({
  read: (tenant) => [...of(tenant)],
  write: (tenant, kept) => {
    const map = of(tenant);
    map.clear();
    for (const [id, object] of entries.parse(kept)) map.set(id, object);
  },
});

const counter = (name: "nextApprovalId" | "nextCredentialId"): KeptPart => ({
  read: (tenant) => tenant[name],
  write: (tenant, kept) => {
    tenant[name] = z.number().int().parse(kept);
  },
});

/** A new kind of object that can be written is one more line here. What a file does not have stays as it was seeded. */
const keptParts: Readonly<Record<string, KeptPart>> = {
  approvals: objects((tenant) => tenant.approvals),
  nextApprovalId: counter("nextApprovalId"),
  credentials: objects((tenant) => tenant.credentials),
  nextCredentialId: counter("nextCredentialId"),
  policies: {
    read: ({ policies }) => policiesAsKept(policies),
    write: (tenant, kept) => {
      tenant.policies = keptPolicies(kept);
    },
  },
  consoles: objects((tenant) => tenant.objects.consoles),
  nextConsoleId: {
    read: (tenant) => String(tenant.nextConsoleId), // beyond what a number of JSON holds
    write: (tenant, kept) => {
      tenant.nextConsoleId = BigInt(z.string().parse(kept));
    },
  },
};

const version = 1;
const keptFile = z.object({
  version: z.literal(version),
  seed: z.object({ consoles: z.number().int().nonnegative().exactOptional(), microtenants: z.boolean().exactOptional() }),
  parts: z.record(z.string(), z.unknown()),
});

/** Writes the tenant down. */
export type KeepTenant = () => void;

/**
 * Takes the tenant up where the file left it, and says how to write it down again. The clock is not kept: it is the machine's, and
 * whoever moves it moves it anew.
 *
 * @param file made, with its folder, at the first writing; read only by its owner
 * @throws KeptTenantError when there is a file that is not ours, rather than to overwrite it
 */
export function keptIn(tenant: Tenant, file: string): KeepTenant {
  const kept = readKept(file, keptFile);
  if (kept !== null) {
    reseed(tenant, kept.seed);
    for (const [name, part] of Object.entries(keptParts)) if (name in kept.parts) part.write(tenant, kept.parts[name]);
  }
  return () => {
    const parts = Object.fromEntries(Object.entries(keptParts).map(([name, part]) => [name, part.read(tenant)]));
    // Before the answer goes out.
    writeKept(file, JSON.stringify({ version, seed: tenant.seed, parts }));
  };
}
