import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { Timers } from "../../timers.ts";
import type { People, Person, SlackActor } from "../directory/person.ts";
import type { Turns } from "../zpa/turns.ts";
import type { ZpaClient } from "../zpa/zpa-client.ts";
import type { CheckSecret } from "./check-secret.ts";
import type { UsesOfCredential } from "./credentials-service.ts";

export interface CredentialPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Pick<Jobs, "enqueue" | "enqueueNow">;
  readonly people: Pick<People, "trusted" | "isAdmin">;
  readonly zpa: Pick<ZpaClient, "credentials" | "microtenants">;
  /** Looking for a name and taking it are one turn, of all replicas where they share a database. */
  readonly credentialTurns: Turns;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Log;
  readonly maxAgeDays: number;
  /** Where a token's page is; null while the page is switched off. */
  readonly pageUrl: (token: string) => string | null;
  /** 256 bits that nobody can guess. */
  readonly token: () => string;
  readonly checkSecret: CheckSecret;
  readonly usesOf: UsesOfCredential;
}

/** Who acts, once it is sure that they may. @throws PortcullisError `admins_only`, or what speaks against the person */
export async function administrator({ people }: Pick<CredentialPorts, "people">, by: SlackActor): Promise<Person> {
  const person = await people.trusted(by);
  if (!(await people.isAdmin(person.userId))) throw new PortcullisError("admins_only");
  return person;
}
