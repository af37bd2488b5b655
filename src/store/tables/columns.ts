import type { ColumnType, JSONColumnType } from "kysely";

export type Json = JSONColumnType<object>;
export type JsonOrNull = ColumnType<object | null, string | null, string | null>;
export type Instant = ColumnType<Date, Date, Date>;
export type InstantOrNull = ColumnType<Date | null, Date | null, Date | null>;
