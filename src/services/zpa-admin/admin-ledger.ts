import type { Kysely } from "kysely";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { People } from "../directory/person.ts";
import type { RulesActor } from "../rules/rules-service.ts";
import { administratorName } from "./administrator.ts";

const state = z.record(z.string(), z.unknown()).nullable();

/** One line of the ledger about what an administrator has ZPA do: `zpa.<object>.<verb>.<stage>`. Never a secret. */
export const AdminEvent = z.object({
  kind: z.string().regex(/^zpa\.[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*\.(?:intended|done|refused|unknown)$/),
  subject: z.string().min(1).max(500),
  before: state,
  after: state,
});
export type AdminEvent = z.infer<typeof AdminEvent>;

/** Writes an event down, committed when it resolves. Whose it is was settled before. */
export type NoteAdminEvent = (event: AdminEvent) => Promise<void>;

export interface AdminLedger {
  /** @throws PortcullisError `admins_only` */
  note(command: { readonly by: RulesActor; readonly event: AdminEvent }): Promise<void>;
}

/** Writes events down under a name that was settled before. */
export const noteAs =
  ({ db, clock }: { readonly db: Kysely<Database>; readonly clock: Clock }, actor: string): NoteAdminEvent =>
  ({ kind, subject, before, after }) =>
    db.transaction().execute((trx) => appendToLedger(trx, clock.now(), [{ kind, requestId: null, actor, subject, before, after }]));

/** The ledger of administrators' writes, in the bot's database. */
export const createAdminLedger = ({
  db,
  people,
  clock,
}: {
  readonly db: Kysely<Database>;
  readonly people: Pick<People, "trusted" | "isAdmin">;
  readonly clock: Clock;
}): AdminLedger => ({
  note: async ({ by, event }) => {
    await noteAs({ db, clock }, await administratorName(people, by))(event);
  },
});
