import type { ColumnType } from "kysely";
import type { Instant, InstantOrNull, Json, JsonOrNull } from "./columns.ts";

/** Rules as administrators wrote them, one row a scope. */
export interface ApprovalRulesTable {
  scope: string; // primary key with scope_id
  scope_id: string; // '' for the tenant
  body: Json;
  revision: number;
  changed_by: string; // Slack user id, or 'cli:<name>'
  changed_at: Instant;
}

/** A change that loosens approval and waits for a second administrator. */
export interface RulesChangeTable {
  id: string; // uuid, primary key
  scope: string;
  scope_id: string;
  base_revision: number; // 0 where the scope had no rules
  before: ColumnType<object | null, string | null | undefined, string | null>; // what it was compared with; null where the scope had no rules
  body: JsonOrNull; // null: the scope's rules are deleted
  loosens: Json; // string[]: what becomes looser, by the codes of policy/loosens
  status: string; // WAITING, APPLIED, DECLINED, OVERTAKEN; partial index where WAITING
  proposed_by: string;
  proposed_at: Instant;
  settled_by: string | null;
  settled_at: InstantOrNull;
  claimed_by: ColumnType<string | null, string | null | undefined, string | null>; // the worker that shows it in Slack
  claimed_until: ColumnType<Date | null, Date | null | undefined, Date | null>; // by the database's clock
}

/** Where an administrator is asked about a change. */
export interface RulesChangeCardTable {
  change_id: string; // references rules_change; primary key with user_id
  user_id: string;
  channel_id: string;
  ts: string;
  shown: string; // hash of what stands there
}
