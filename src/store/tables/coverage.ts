import type { Instant, Json } from "./columns.ts";

/** What ZPA's rules made of a segment when they were last read. */
export interface SegmentCoverageTable {
  segment_id: string;
  /** Null is the Default microtenant. */
  microtenant_id: string | null;
  name: string;
  status: "covered" | "uncovered" | "shadowed" | "unknown";
  rule_id: string | null;
  reason: Json;
  checked_at: Instant;
}
