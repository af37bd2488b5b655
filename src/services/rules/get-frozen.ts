import type { Kysely } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { readApproval } from "../approvals/approval-rows.ts";
import { holderKey } from "../approvals/seats.ts";
import type { FrozenView } from "./rules-service.ts";
import { yamlOf } from "./rules-yaml.ts";

const LABEL = /^PRA-(\d{1,9})$/i;

/**
 * The rules that an approval was opened under. Nobody changes them.
 * @param reference `PRA-1042` or the approval's id
 * @throws PortcullisError `request_unknown` | `approval_unknown`
 */
export async function getFrozen(db: Kysely<Database>, reference: string): Promise<FrozenView> {
  const { id, number } = await lookUp(db, reference);
  const { criteria, config, seats, rules: frozen } = await readApproval(db, id);
  const rules = {
    source: frozen.source,
    approvers: seats.map(({ insteadOf, holder }) => holderKey(insteadOf ?? holder).replace(/^\w+:/, "")),
    criteria,
    approvalConfig: config,
    priority: frozen.priority,
    notify: frozen.notify,
    quietHours: frozen.quietHours,
    longestWindowHours: frozen.longestWindowHours,
    passedMakesGrant: frozen.passedMakesGrant,
  };
  return { label: `PRA-${number}`, approvalId: id, yaml: yamlOf(rules), rules };
}

async function lookUp(db: Kysely<Database>, reference: string): Promise<{ readonly id: string; readonly number: number }> {
  const [, number] = LABEL.exec(reference.trim()) ?? [];
  const joined = db
    .selectFrom("approval")
    .innerJoin("request", "request.id", "approval.request_id")
    .select(["approval.id", "request.number"]);
  if (number !== undefined) {
    const row = await joined.where("request.number", "=", Number(number)).executeTakeFirst();
    if (row === undefined) throw new PortcullisError("request_unknown");
    return row;
  }
  const isId = z.uuid().safeParse(reference.trim()).success;
  const row = isId ? await joined.where("approval.id", "=", reference.trim()).executeTakeFirst() : undefined;
  if (row === undefined) throw new PortcullisError("approval_unknown");
  return row;
}
