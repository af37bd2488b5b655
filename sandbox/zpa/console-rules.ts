import { z } from "zod";
import { consoleUses } from "./console-uses.ts";
import { invalidArgument, resourceNotFound, TenantRefusal } from "./refusal.ts";
import type { MicrotenantId, StoredConsole, Tenant } from "./tenant.ts";

const id = z.union([z.string().min(1), z.number()]).transform(String);
const needed = z.string().trim().min(1);
const reference = z.object({ id });
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const flag = z
  .union([z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")])
  .nullish()
  .transform((value) => value ?? true);

/** What a create or an update sets. What is left out is empty afterwards: an update is of the whole object. */
export type ConsoleFields = Pick<
  StoredConsole,
  "name" | "description" | "enabled" | "iconText" | "applicationId" | "portalIds" | "microtenantId"
>;

/**
 * Fields as they were sent, in either of the two spellings that the vendor's examples have. Unknown ones are ignored.
 * @throws TenantRefusal for a missing name, and for an application or a portal that the microtenant does not have
 */
export function consoleFields(tenant: Tenant, body: unknown, microtenantId: MicrotenantId): ConsoleFields {
  const sent = z.record(z.string(), z.unknown()).safeParse(body).data;
  if (sent === undefined) throw invalidArgument("body");
  const applicationId = field(reference, sent.praApplication ?? sent.PraApplication, "praApplication").id;
  const portalIds = field(z.array(reference).min(1), sent.praPortals ?? sent.PraPortals, "praPortals").map((portal) => portal.id);
  const fields = {
    name: field(needed, sent.name, "name"),
    description: field(text, sent.description, "description"),
    enabled: field(flag, sent.enabled, "enabled"),
    iconText: field(text, sent.iconText, "iconText"),
  };
  if (tenant.objects.applications.get(applicationId)?.microtenantId !== microtenantId) throw resourceNotFound(applicationId);
  const unknown = portalIds.find((portalId) => tenant.objects.portals.get(portalId)?.microtenantId !== microtenantId);
  if (unknown !== undefined) throw resourceNotFound(unknown);
  return { ...fields, applicationId, portalIds: [...new Set(portalIds)], microtenantId };
}

/** @throws TenantRefusal while a rule names the console. The real id is not public; the vendor's provider detaches it first. */
export function refuseUsed(tenant: Tenant, consoleId: string): void {
  const uses = consoleUses(tenant, consoleId);
  if (uses.length === 0) return;
  throw new TenantRefusal(400, {
    params: [consoleId, ...uses],
    id: "resource.in.use",
    reason: "The resource is referenced by a policy rule and cannot be deleted.",
  });
}

function field<Value>(schema: z.ZodType<Value>, value: unknown, name: string): Value {
  const { success, data } = schema.safeParse(value);
  if (!success) throw invalidArgument(name);
  return data;
}
