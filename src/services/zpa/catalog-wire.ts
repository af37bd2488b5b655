import { z } from "zod";
import { wireFlag, wireId, wireMicrotenantId, wireName, wireText } from "./wire.ts";
import type { Microtenant, NamedSegment, PraApplication, PraPortal } from "./zpa-client.ts";

/** An item of `getAppsByType`: `id` is the PRA application's, `appId` the segment's. */
export const applicationOnWire = z
  .object({
    id: wireId,
    appId: wireId,
    name: wireName,
    domain: wireText,
    applicationProtocol: wireText,
    applicationPort: wireText,
    enabled: wireFlag,
    microtenantId: wireMicrotenantId,
  })
  .transform(
    ({ appId, applicationProtocol, applicationPort, ...same }): PraApplication => ({
      ...same,
      segmentId: appId,
      protocol: applicationProtocol,
      port: applicationPort,
    }),
  );

/** An item of `application`, of whatever kind: `getAppsByType` says nothing of segment groups. */
export const segmentOnWire: z.ZodType<NamedSegment> = z.object({
  id: wireId,
  name: wireText,
  segmentGroupId: wireId.nullish().transform((id) => (id === undefined || id === null || id === "0" ? null : id)),
  segmentGroupName: wireText,
  domainNames: z.array(wireName).catch([]),
  enabled: wireFlag,
  microtenantId: wireMicrotenantId,
});

export const portalOnWire: z.ZodType<PraPortal> = z.object({
  id: wireId,
  name: wireName,
  domain: wireText,
  enabled: wireFlag,
  microtenantId: wireMicrotenantId,
});

export const microtenantOnWire: z.ZodType<Microtenant> = z.object({
  id: wireId,
  name: wireName,
  enabled: wireFlag,
  privilegedApprovalsEnabled: wireFlag,
});
