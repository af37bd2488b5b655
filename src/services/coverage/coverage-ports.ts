import type { Catalog } from "../catalog/catalog.ts";
import type { ZpaClient } from "../zpa/zpa-client.ts";
import type { AdministerPorts } from "../zpa-admin/administer.ts";

export interface CoveragePorts extends AdministerPorts {
  readonly catalog: Pick<Catalog, "onSegment" | "size">;
  readonly zpa: Pick<ZpaClient, "microtenants" | "applications" | "segments" | "policy">;
}
