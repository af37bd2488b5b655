import { PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../directory/person.ts";
import { rightsOn } from "./access-rights.ts";
import { endAccess } from "./end-access.ts";
import type { EndPorts } from "./finish-access.ts";
import type { AccessRequest } from "./request.ts";

/**
 * An approver of a request, or an administrator, takes its access away, with a reason.
 * @throws PortcullisError `not_allowed`, `comment_required`, `access_not_open`, whatever `people.trusted` refuses, `request_unknown`
 */
export const revokeAccess =
  (ports: EndPorts) =>
  async (command: { readonly requestId: string; readonly by: SlackActor; readonly reason: string }): Promise<AccessRequest> => {
    const { requestId } = command;
    const { by, rights } = await rightsOn(ports, requestId, command.by);
    if (!rights.isDecider) throw new PortcullisError("not_allowed");
    const reason = command.reason.trim();
    if (reason === "") throw new PortcullisError("comment_required", { field: "reason" });
    const ending = { cause: "REVOKED", by: by.userId, reason, at: ports.clock.now() } as const;
    const request = await ports.db.transaction().execute((trx) => endAccess(trx, ports.jobs, requestId, ending));
    await ports.faultPoint("end.wanted");
    return request;
  };
