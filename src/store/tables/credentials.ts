import type { ColumnType } from "kysely";
import type { Instant, InstantOrNull } from "./columns.ts";

/** A one-time link by which a secret goes from a person's browser to ZPA. It never holds the secret, nor what opens the link. */
export interface CredentialHandoverTable {
  id: string; // uuid, primary key
  token_hash: string; // sha256 of what the link carries; unique
  kind: string; // add, rotate
  credential_id: string | null; // in ZPA: of a rotation from the start, of an addition once it is known
  name: string;
  credential_type: string; // as ZPA calls it
  user_name: string | null;
  user_domain: string | null;
  description: string | null;
  microtenant_id: string | null; // null is the Default microtenant
  team_id: string;
  user_id: string; // who asked; unique with team_id while neither used nor closed
  locale: string;
  created_at: Instant;
  expires_at: Instant;
  browser_hash: string | null; // sha256 of the first browser's cookie
  code_hash: string | null; // of the code that this browser shows
  wrong_codes: number;
  other_browser_at: InstantOrNull; // when another browser first came
  confirmed_at: InstantOrNull;
  used_at: InstantOrNull; // claimed: from here on something may have been sent to ZPA
  reset_before: InstantOrNull; // of a rotation: the last reset before it
  closed_at: InstantOrNull; // over without having been used
  closed_why: string | null; // replaced, expired, codes, not-allowed, changed
  outcome: string | null; // DONE, REFUSED, UNKNOWN; null while it is not settled
  failure: ColumnType<object | null, string | null | undefined, string | null>;
}
