import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import type { People, SlackActor } from "../directory/person.ts";
import { rightsOn } from "./access-rights.ts";
import { endAccess } from "./end-access.ts";
import type { AccessRequest } from "./request.ts";

export interface EndPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly people: People;
  readonly clock: Clock;
  readonly faultPoint: FaultPoint;
}

/**
 * The holder is done: their access ends now, before its window does.
 * @throws PortcullisError `not_allowed`, `access_not_open`, whatever `people.trusted` refuses, `request_unknown`
 */
export const finishAccess =
  (ports: EndPorts) =>
  async ({ requestId, by: actor }: { readonly requestId: string; readonly by: SlackActor }): Promise<AccessRequest> => {
    const { by, rights } = await rightsOn(ports, requestId, actor);
    if (!rights.isHolder) throw new PortcullisError("not_allowed");
    const ending = { cause: "DONE", by: by.userId, reason: null, at: ports.clock.now() } as const;
    const request = await ports.db.transaction().execute((trx) => endAccess(trx, ports.jobs, requestId, ending));
    await ports.faultPoint("end.wanted");
    return request;
  };
