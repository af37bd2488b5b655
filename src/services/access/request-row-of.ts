import type { Selectable } from "kysely";
import type { RequestTable } from "../../store/tables/requests.ts";
import { nextOpenings } from "../schedule/openings.ts";
import { END_WARNING_MINUTES, endsSoon } from "./end-warning.ts";
import { windowIfApproved } from "./load-overview.ts";
import type { RequestRow } from "./overview.ts";
import { requestLabel } from "./request.ts";
import { requestFromRow } from "./request-rows.ts";

export type ListedRequest = Selectable<RequestTable> & { readonly approval_id: string; readonly approval_version: number };

/** A request as the lists show it, as of now. */
export function requestRowOf(row: ListedRequest, now: Date, endWarningMinutes: number = END_WARNING_MINUTES): RequestRow {
  const request = requestFromRow(row);
  const window = request.window ?? windowIfApproved(request, now);
  const [nextOpening] = window === null ? [] : nextOpenings(window, request.time.workingHours, now, 1);
  return {
    requestId: request.id,
    approvalId: row.approval_id,
    approvalVersion: row.approval_version,
    label: requestLabel(request),
    status: request.status,
    beneficiaryUserId: request.beneficiary.userId,
    requesterUserId: request.requester.userId,
    consoleNames: request.consoles.map((console) => console.name),
    reason: request.reason,
    window,
    nextOpening: nextOpening ?? null,
    portalUrl: request.consoles.flatMap((console) => console.portals).find((portal) => portal.url !== null)?.url ?? null,
    canRenew: endsSoon(request, endWarningMinutes, now),
    createdAt: request.createdAt,
  };
}
