import type { Page, PrivilegedApproval } from "../../services/zpa/zpa-client.ts";
import { approvalFields } from "../../services/zpa-admin/approval-writes.ts";
import type { Shown } from "./frame.ts";
import { factLines, tableLines } from "./table.ts";

const minute = (instant: Date): string => `${instant.toISOString().slice(0, 16).replace("T", " ")}Z`;

const hoursText = (hours: PrivilegedApproval["workingHours"]): string | null =>
  hours === null ? null : `${hours.days.join(",")} ${hours.start}-${hours.end} ${hours.timeZone}`;

/** One, with the object as ZPA sent it for programs. */
export const showApproval = (approval: PrivilegedApproval): Shown => ({
  json: { approval: { ...approvalFields(approval), raw: approval.raw } },
  lines: approvalLines(approval),
});

export const approvalLines = ({ workingHours, ...approval }: PrivilegedApproval): readonly string[] =>
  factLines([
    ["Id", approval.id],
    ["Email", approval.emailIds.join(", ")],
    ["Status", approval.status],
    ["Start", approval.start.toISOString()],
    ["End", approval.end.toISOString()],
    ["Hours", hoursText(workingHours) ?? "at any hour"],
    ...(workingHours === null
      ? []
      : ([
          ["Start cron", workingHours.startTimeCron],
          ["End cron", workingHours.endTimeCron],
        ] as const)),
    ["Segments", approval.segmentIds.join(", ")],
    ["Microtenant", approval.microtenantId ?? "Default"],
  ]);

/** Many: all of them, or one page with what ZPA says of the others. */
export function showApprovals(approvals: Page<PrivilegedApproval>, { page, width }: { page: number | null; width: number | null }): Shown {
  const { items, totalPages, totalCount } = approvals;
  const rows = items.map(({ id, emailIds, status, start, end, workingHours, segmentIds }) => [
    id,
    emailIds.join(", "),
    status,
    minute(start),
    minute(end),
    hoursText(workingHours),
    segmentIds.join(", "),
  ]);
  const table =
    rows.length === 0
      ? ["No privileged approval."]
      : tableLines(["Id", "Email", "Status", "Start", "End", "Hours", "Segments"], rows, width);
  const foot =
    page === null || totalPages === null ? [] : ["", `Page ${page} of ${totalPages}${totalCount === null ? "" : `, ${totalCount} in all`}`];
  return {
    json: { approvals: items.map(approvalFields), ...(page === null ? {} : { page, totalPages, totalCount }) },
    lines: [...table, ...foot],
  };
}
