import { oneOf, setting, wholeNumber, yesOrNo } from "./setting.ts";

/** What holds for every request, and how often the tenant is read. */
export const requestSettings = {
  OVERNIGHT_HOURS: setting({
    meaning:
      "Working hours that pass midnight: `next-day` writes one privileged approval whose end belongs to the next day; `split` writes two, cut at midnight.",
    default: "next-day",
    example: "next-day",
    advice: "Leave it out unless your tenant needs the hours cut.",
    schema: oneOf("next-day", "split"),
  }),
  MAX_CONSOLES_PER_REQUEST: setting({
    meaning: "How many consoles one request may name.",
    default: "20",
    example: "20",
    advice: "Slack's form holds at most 100.",
    schema: wholeNumber(1, 100),
  }),
  CATALOG_REFRESH_MINUTES: setting({
    meaning: "How often the catalog is read from ZPA.",
    default: "15",
    example: "15",
    advice: "Each read costs a few calls of ZPA's budget for every microtenant.",
    schema: wholeNumber(1, 1440),
  }),
  END_WARNING_MINUTES: setting({
    meaning:
      "How long before access ends its holder is warned, and can renew it with one click. Windows shorter than four times that are warned in their last quarter.",
    default: "30",
    example: "30",
    advice: "Leave enough time for a renewal to be decided.",
    schema: wholeNumber(1, 10_080),
  }),
  RECONCILE_MINUTES: setting({
    meaning: "How often everything in the tenant is compared with what Portcullis intends.",
    default: "15",
    example: "15",
    advice: "Each pass lists the privileged approvals of every microtenant, 500 a call.",
    schema: wholeNumber(1, 1440),
  }),
  CLEAN_EXPIRED: setting({
    meaning:
      "`true` deletes Portcullis's own privileged approvals from ZPA once they are over, by their ids, a few in each pass. Those of others stay.",
    default: "false",
    example: "false",
    advice: "Leave it out to keep what is over in ZPA, for its own reports.",
    schema: yesOrNo,
  }),
};
