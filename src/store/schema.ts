import type { CatalogTable } from "./tables/catalog.ts";
import type { SegmentCoverageTable } from "./tables/coverage.ts";
import type { CredentialHandoverTable } from "./tables/credentials.ts";
import type { BreakGlassReviewTable } from "./tables/emergency.ts";
import type { FindingCardTable, FindingTable, ReconcilePassTable } from "./tables/findings.ts";
import type { GrantAttemptTable, GrantTable } from "./tables/grants.ts";
import type { LedgerEventTable, LedgerSealTable, LedgerUnsealedTable, SiemCursorTable, SiemShippedTable } from "./tables/ledger.ts";
import type { CardTable, NoticeTable, RemarkSaidTable, RemarkTable, SeenEventTable } from "./tables/notify.ts";
import type { BulkCommandTable, QueueViewTable } from "./tables/queue.ts";
import type { ApprovalTable, RequestTable } from "./tables/requests.ts";
import type { ApprovalRulesTable, RulesChangeCardTable, RulesChangeTable } from "./tables/rules.ts";

/**
 * The tables as Kysely sees them. Instants are timestamptz; jsonb columns hold plain JSON (dates inside are ISO strings) and are
 * read back into domain objects by the service that owns the table, with zod.
 */
export interface Database {
  request: RequestTable;
  approval: ApprovalTable;
  access_grant: GrantTable;
  grant_attempt: GrantAttemptTable;
  ledger_event: LedgerEventTable;
  ledger_seal: LedgerSealTable;
  ledger_unsealed: LedgerUnsealedTable;
  siem_cursor: SiemCursorTable;
  siem_shipped: SiemShippedTable;
  card: CardTable;
  notice: NoticeTable;
  remark: RemarkTable;
  remark_said: RemarkSaidTable;
  catalog: CatalogTable;
  segment_coverage: SegmentCoverageTable;
  approval_rules: ApprovalRulesTable;
  rules_change: RulesChangeTable;
  queue_view: QueueViewTable;
  bulk_command: BulkCommandTable;
  rules_change_card: RulesChangeCardTable;
  finding: FindingTable;
  finding_card: FindingCardTable;
  reconcile_pass: ReconcilePassTable;
  credential_handover: CredentialHandoverTable;
  break_glass_review: BreakGlassReviewTable;
  seen_event: SeenEventTable;
}
