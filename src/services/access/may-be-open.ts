import { type RawBuilder, sql } from "kysely";

/**
 * Whether a row of `access_grant` stands, is on its way, or was given up on without knowing whether ZPA has it: all that there is to
 * take away. Served by the index over status.
 */
export const mayBeOpen = (): RawBuilder<boolean> => sql<boolean>`(
  access_grant.status in ('PLANNED', 'GRANTED')
  or (access_grant.status = 'FAILED' and access_grant.failure ->> 'code' = 'zpa_timeout'))`;
