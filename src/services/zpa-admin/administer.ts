import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { People } from "../directory/person.ts";
import type { RulesActor } from "../rules/rules-service.ts";
import { noteAs } from "./admin-ledger.ts";
import { administratorName } from "./administrator.ts";
import { type RecordWrite, recordWrite } from "./record-write.ts";

export interface AdministerPorts {
  readonly db: Kysely<Database>;
  readonly people: Pick<People, "trusted" | "isAdmin">;
  readonly clock: Clock;
  readonly ids: Pick<Ids, "uuid">;
  readonly log: Log;
}

/**
 * The way in which one administrator has ZPA write: authorised once, before anything else, then on record, sent, read back, on record.
 * What Slack says of them between the call and its outcome changes nothing: what was done goes on record under their name.
 *
 * @throws PortcullisError `admins_only`, and what Slack says of the person
 */
export const administer =
  ({ db, people, clock, ids, log }: AdministerPorts) =>
  async (by: RulesActor): Promise<RecordWrite> => {
    const actor = await administratorName(people, by);
    return recordWrite({ note: noteAs({ db, clock }, actor), ids, log });
  };
