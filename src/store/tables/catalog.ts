import type { Instant, Json } from "./columns.ts";

export interface CatalogTable {
  id: number; // always 1
  snapshot: Json;
  refreshed_at: Instant;
}
