import { z } from "zod";
import { isRecord, unescapeFields } from "../unescape-deep.ts";
import { wireFlag, wireId, wireMicrotenantId, wireName, wireText } from "../wire.ts";
import type { ConsoleDraft, PraConsole } from "./console.ts";

const fields = z.object({
  id: wireId,
  name: wireName,
  description: wireText,
  enabled: wireFlag,
  praApplication: z.object({
    id: wireId,
    appId: wireId.nullish().transform((id) => id ?? null),
    domain: wireText,
    applicationProtocol: wireText,
  }),
  praPortals: z
    .array(z.object({ id: wireId, name: wireText }))
    .nullish()
    .transform((portals) => portals ?? []),
  microtenantId: wireMicrotenantId,
});

/** A console as ZPA sends it, into ours. The whole of it stays in `raw`. */
export const consoleOnWire = z.record(z.string(), z.unknown()).transform((sent, context): PraConsole => {
  const raw = usualSpelling(sent);
  const { success, data, error } = fields.safeParse(raw);
  if (!success) {
    for (const { message, path } of error.issues) context.addIssue({ code: "custom", message, path });
    return z.NEVER;
  }
  const { praApplication, praPortals, ...same } = data;
  return {
    ...same,
    praApplicationId: praApplication.id,
    portalIds: praPortals.map(({ id }) => id),
    segmentId: praApplication.appId,
    domain: praApplication.domain,
    protocol: praApplication.applicationProtocol,
    portals: praPortals,
    raw,
  };
});

/** Some of the vendor's examples write `PraApplication` and `PraPortals`. */
function usualSpelling({ PraApplication, PraPortals, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    ...(PraApplication === undefined ? {} : { praApplication: PraApplication }),
    ...(PraPortals === undefined ? {} : { praPortals: PraPortals }),
    ...rest,
  };
}

/** The body of a create. */
export const createBody = ({ name, description, enabled, praApplicationId, portalIds }: ConsoleDraft) => ({
  name,
  description: description ?? "",
  enabled,
  praApplication: { id: praApplicationId },
  praPortals: portalIds.map((id) => ({ id })),
});

/**
 * The body of an update: all that was read, unescaped, what is wanted over it. The application and the portals that stay are sent as they
 * were read, whatever ZPA keeps in them.
 */
export function updateBody(current: PraConsole, draft: ConsoleDraft): Record<string, unknown> {
  const kept = unescapeFields(current.raw);
  const wanted = createBody(draft);
  const portals = Array.isArray(kept.praPortals) ? kept.praPortals : [];
  return {
    ...kept,
    ...wanted,
    praApplication: knownAs(kept.praApplication, wanted.praApplication.id) ? kept.praApplication : wanted.praApplication,
    praPortals: wanted.praPortals.map((portal) => portals.find((known) => knownAs(known, portal.id)) ?? portal),
  };
}

const knownAs = (value: unknown, id: string): boolean => isRecord(value) && value.id !== undefined && String(value.id) === id;
