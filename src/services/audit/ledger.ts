import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";

/** One line of the ledger: who did what to what, and what it was before and after. Never a secret. */
export interface LedgerEvent {
  readonly kind: string;
  readonly requestId: string | null;
  /** A Slack user id, or `portcullis` where no person acted. */
  readonly actor: string;
  readonly subject: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** Appends in the caller's transaction, so that an event exists exactly when what it tells of does. */
export async function appendToLedger(trx: Transaction<Database>, at: Date, events: readonly LedgerEvent[]): Promise<void> {
  if (events.length === 0) return;
  await trx
    .insertInto("ledger_event")
    .values(
      events.map((event) => ({
        at,
        kind: event.kind,
        request_id: event.requestId,
        actor: event.actor,
        subject: event.subject,
        before: event.before === null ? null : JSON.stringify(event.before),
        after: event.after === null ? null : JSON.stringify(event.after),
      })),
    )
    .execute();
}
