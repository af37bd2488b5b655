import type { Transaction } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { SlackActor } from "../directory/person.ts";
import { checkAttributes, checkRemark } from "../policy/remark.ts";
import { applyCommand } from "./apply-command.ts";
import type { Approval } from "./approval.ts";
import { lockApproval, readApproval } from "./approval-rows.ts";
import { decide } from "./decide.ts";
import { type DecidePorts, deciderOf } from "./decide-approval.ts";

/** What one who takes part says of an approval, and what they note down on it. */
export interface Remark {
  readonly approvalId: string;
  readonly by: SlackActor;
  readonly text: string | null;
  /** Attributes to add or replace, and names of those to remove. */
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
  readonly kind: "question" | "comment" | "reply";
  /** Of a reply: the message that it is. Recorded once, however often it is delivered. */
  readonly message: { readonly channelId: string; readonly threadTs: string; readonly ts: string } | null;
}

/**
 * Records a comment and has it said in the threads of the request's cards: the job for that is part of the transaction, so that a crash
 * between the two loses and doubles nothing.
 *
 * @throws PortcullisError `comment_required` when there is nothing to record; `text_too_long`; `not_allowed` for who has nothing to do
 *   with the approval; `already_decided`; whatever `people.trusted` refuses
 */
export const recordRemark =
  (ports: DecidePorts) =>
  async ({ approvalId, by: actor, kind, message, set, remove, ...typed }: Remark): Promise<void> => {
    const { db, people, clock, jobs } = ports;
    const text = checkRemark(typed.text);
    checkAttributes(set);
    const hasAttributes = Object.keys(set).length + remove.length > 0;
    if (text === null && !hasAttributes) throw new PortcullisError("comment_required", { field: "comment" });
    const by = await deciderOf(db, people, approvalId, actor);
    await db.transaction().execute(async (trx) => {
      const now = clock.now();
      await lockApproval(trx, approvalId);
      if (message !== null && (await isRecorded(trx, message))) return;
      if (hasAttributes) await applyCommand(ports, trx, approvalId, { kind: "attributes", by, set, remove, comment: null }, now);
      if (text !== null) {
        const { comments } = await applyCommand(ports, trx, approvalId, { kind: "comment", by, comment: text }, now);
        await note(trx, { approvalId, commentId: comments.at(-1)?.id ?? "", kind, message }, now);
        await jobs.enqueue(trx, "relay-comments", { approvalId });
      }
    });
  };

/**
 * Whether this person may comment now, before a form asks for the words.
 * @throws PortcullisError as the comment itself would
 */
export const mayRemark =
  ({ db, people, clock }: Pick<DecidePorts, "db" | "people" | "clock">) =>
  async ({ approvalId, by: actor }: Pick<Remark, "approvalId" | "by">): Promise<Approval> => {
    const by = await deciderOf(db, people, approvalId, actor);
    const approval = await readApproval(db, approvalId);
    decide(approval, { kind: "comment", by, comment: "rehearsal" }, clock.now());
    return approval;
  };

/** Whether a message of a person has been recorded as a comment. */
export async function isRecorded(
  db: Pick<Transaction<Database>, "selectFrom">,
  { channelId, ts }: { readonly channelId: string; readonly ts: string },
): Promise<boolean> {
  const row = await db
    .selectFrom("remark")
    .select("comment_id")
    .where("channel_id", "=", channelId)
    .where("ts", "=", ts)
    .executeTakeFirst();
  return row !== undefined;
}

async function note(
  trx: Transaction<Database>,
  { approvalId, commentId, kind, message }: Pick<Remark, "approvalId" | "kind" | "message"> & { readonly commentId: string },
  now: Date,
): Promise<void> {
  await trx
    .insertInto("remark")
    .values({
      approval_id: approvalId,
      comment_id: commentId,
      kind,
      channel_id: message?.channelId ?? null,
      thread_ts: message?.threadTs ?? null,
      ts: message?.ts ?? null,
      created_at: now,
    })
    .execute();
}
