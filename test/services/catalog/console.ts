import type { CatalogConsole } from "../../../src/services/catalog/catalog.ts";

/** A console that differs from the usual in what is given. */
export const consoleLike = (change: Partial<CatalogConsole> & Pick<CatalogConsole, "name">): CatalogConsole => ({
  id: change.name,
  description: null,
  enabled: true,
  segmentId: "seg-1",
  segmentName: "segment",
  segmentGroupId: null,
  segmentGroupName: null,
  microtenantId: null,
  microtenantName: "Default",
  privilegedApprovalsEnabled: true,
  protocol: "SSH",
  domain: null,
  portals: [],
  ...change,
});
