/** What Slack sends back to name a button, a field or a form. Cards already posted carry these: rename none. */
export const ACTION = {
  approve: "approve",
  reject: "reject",
  reassign: "reassign",
  withdraw: "withdraw",
  nudge: "nudge",
  retry: "retry",
  /** A link button: Slack reports the click all the same, and it must be acknowledged. One per portal, so the id ends in a number. */
  openPortal: "open_portal",
  homeRequest: "home_request",
  homeRefresh: "home_refresh",
  homeMore: "home_more",
  beneficiary: "beneficiary",
  consoles: "consoles",
  when: "when",
  start: "start",
  end: "end",
  duration: "duration",
  notBefore: "not_before",
  period: "period",
  until: "until",
  days: "days",
  hoursStart: "hours_start",
  hoursEnd: "hours_end",
  timeZone: "time_zone",
  reason: "reason",
  comment: "comment",
  assignee: "assignee",
  assigneeGroup: "assignee_group",
} as const;

/** Every portal button of a message: `open_portal_0`, `open_portal_1`, … */
export const OPEN_PORTAL_PATTERN = /^open_portal_\d+$/;

export const CALLBACK = {
  /** The global shortcut, as in the manifest. */
  requestShortcut: "request_access",
  requestForm: "request_form",
  rejectForm: "reject_form",
  reassignForm: "reassign_form",
  notice: "notice",
  loading: "loading",
} as const;

/** Blocks whose errors, order or kept input matter. A form's input keeps what was typed while its block and action ids stay. */
export const BLOCK = {
  beneficiary: "field_beneficiary",
  consoles: "field_consoles",
  when: "field_when",
  start: "field_start",
  end: "field_end",
  duration: "field_duration",
  notBefore: "field_not_before",
  period: "field_period",
  until: "field_until",
  days: "field_days",
  hoursStart: "field_hours_start",
  hoursEnd: "field_hours_end",
  timeZone: "field_time_zone",
  reason: "field_reason",
  comment: "field_comment",
  assignee: "field_assignee",
  assigneeGroup: "field_assignee_group",
  decision: "decision",
  requestActions: "request_actions",
  portals: "portals",
  alsoOpens: "also_opens",
  preview: "preview",
  problems: "problems",
  homeActions: "home_actions",
  homeMore: "home_more",
} as const;
