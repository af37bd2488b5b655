import type { SailPointClient } from "../../services/sailpoint/sailpoint-client.ts";
import { type Check, notCheckable, ok } from "./finding.ts";

const SIGN_IN_FIX =
  "Check SAILPOINT_API_URL, SAILPOINT_CLIENT_ID, SAILPOINT_CLIENT_SECRET and SAILPOINT_PATHS, that the token has the scope idn:access-request-approvals:manage, and that this machine reaches SailPoint.";

/** The sign-in, and a count of the approvals that wait. Nothing is written. */
export const sailPointChecks = (sailpoint: Pick<SailPointClient, "check">): readonly Check[] => [
  {
    name: "sailpoint_sign_in",
    fix: SIGN_IN_FIX,
    run: async () => {
      await sailpoint.check();
      return ok("signed in, and approvals can be counted");
    },
  },
  {
    name: "sailpoint_level",
    fix: "",
    run: async () =>
      notCheckable(
        "whether the token's owner is an organisation admin shows only by deciding, which this does not do",
        "Look at the owner's user level in SailPoint: bulk decisions, configurations and decisions for others need ORG_ADMIN.",
      ),
  },
];
