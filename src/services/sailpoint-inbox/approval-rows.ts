import { createHash } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import { sql } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { SailPointApprovalTable } from "../../store/tables/sailpoint.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";
import { approvalOnWire } from "../sailpoint/approval-wire.ts";
import type { SeenApproval } from "./inbox.ts";

export const seenFromRow = ({ body, version }: Pick<Selectable<SailPointApprovalTable>, "body" | "version">): SeenApproval => ({
  approval: approvalOnWire.parse(body),
  version,
});

/** Everybody whom it waits for, members of groups included. */
export const assigneesOf = ({ assignedTo }: SailPointApproval): readonly string[] => [
  ...new Set((assignedTo ?? []).flatMap(({ id, members }) => [id, ...members.map((member) => member.id)])),
];

/** Of what a person decides on. Who else decides, and what was said, may change under their eyes. */
export function fingerprintOf({ name, description, requester, requestee, targets, additionalAttributes }: SailPointApproval): string {
  const seen = [
    name,
    description,
    requester?.id,
    requestee?.id,
    (targets ?? []).map(({ id, name: of }) => [id, of]),
    sorted(additionalAttributes),
  ];
  return createHash("sha256").update(JSON.stringify(seen)).digest("hex");
}

const sorted = (attributes: SailPointApproval["additionalAttributes"]) =>
  attributes === null ? null : Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1));

const URGENCY: Readonly<Record<string, number>> = { HIGH: 1, MEDIUM: 2, LOW: 3 };
export const urgencyOf = ({ priority }: SailPointApproval): number => URGENCY[priority?.toUpperCase() ?? ""] ?? 2;

/** What people look for. */
export const wordsOf = ({ name, description, requester, requestee, targets }: SailPointApproval): string =>
  [name, description, requester?.name, requestee?.name, ...(targets ?? []).map((target) => target.name)]
    .filter((word) => word != null)
    .join(" ")
    .replaceAll("\0", "");

/** Now, by the database's clock, to its microsecond: what two replicas read in SailPoint is put in order by it. */
export async function databaseNow(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ now: string }>`select clock_timestamp()::text as now`.execute(db);
  return rows[0]?.now ?? "epoch";
}

export async function readSeen(db: Kysely<Database>, id: string): Promise<SeenApproval | null> {
  const row = await db.selectFrom("sailpoint_approval").select(["body", "version"]).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : seenFromRow(row);
}
