import { PortcullisError } from "../../errors.ts";
import type { MicrotenantList, ZpaClient, ZpaList } from "../../services/zpa/zpa-client.ts";
import { type Check, type Finding, notCheckable, ok, wrong } from "./finding.ts";

const SIGN_IN_FIX =
  "Check ZPA_AUTH, ZPA_CLIENT_ID, ZPA_CLIENT_SECRET (or ZPA_PRIVATE_KEY_FILE), ZPA_CUSTOMER_ID, ZPA_CLOUD and ZPA_VANITY_DOMAIN, and that this machine reaches Zscaler.";
const ROLE_FIX = "Give the API client's role the right to see";

interface Right {
  readonly name: string;
  readonly list: ZpaList;
  readonly what: string;
  /** What becomes of it where the right is missing; left out, nothing works. */
  readonly otherwise?: string;
}

const rights: readonly Right[] = [
  { name: "zpa_segments", list: "applications", what: "application segments" },
  { name: "zpa_consoles", list: "consoles", what: "privileged consoles" },
  { name: "zpa_portals", list: "portals", what: "privileged portals" },
  {
    name: "zpa_policies",
    list: "policies",
    what: "access policies",
    otherwise: "Without it nobody is told where a privileged approval would open nothing.",
  },
  {
    name: "zpa_credentials",
    list: "credentials",
    what: "privileged credentials",
    otherwise: "Without it privileged credentials cannot be looked after from here; everything else works.",
  },
];

/** The sign-in, and a look at the first line of every list that Portcullis reads. Nothing is written. */
export const zpaChecks = (zpa: Pick<ZpaClient, "check"> & { readonly microtenants: MicrotenantList }): readonly Check[] => [
  {
    name: "zpa_sign_in",
    fix: SIGN_IN_FIX,
    run: async () => {
      try {
        await zpa.check("approvals");
      } catch (cause) {
        if (!(cause instanceof PortcullisError) || cause.code !== "zpa_not_permitted") throw cause;
        return wrong("signed in, but privileged approvals cannot be read", `${ROLE_FIX} privileged approvals.`);
      }
      return ok("signed in, and privileged approvals can be read");
    },
  },
  ...rights.map(
    ({ name, list, what, otherwise }): Check => ({
      name,
      fix: [`${ROLE_FIX} ${what}.`, ...(otherwise === undefined ? [] : [otherwise])].join(" "),
      run: async () => {
        await zpa.check(list);
        return ok(`${what} can be read`);
      },
    }),
  ),
  {
    name: "zpa_microtenants",
    fix: `${ROLE_FIX} microtenants, or set ZPA_MICROTENANTS=false where there are none.`,
    run: async () => microtenantsFinding(await zpa.microtenants.list()),
  },
  {
    name: "zpa_write",
    fix: "",
    run: async () =>
      notCheckable(
        "the right to write privileged approvals shows only by writing one, which this does not do",
        "Look at the API client's role in ZPA: privileged approvals must be set to full access.",
      ),
  },
];

type Microtenants = Awaited<ReturnType<MicrotenantList["list"]>>;

function microtenantsFinding(microtenants: Microtenants): Finding {
  const off = microtenants.filter(({ privilegedApprovalsEnabled }) => !privilegedApprovalsEnabled).map(({ name }) => name);
  const read = `${microtenants.length} can be read`;
  return off.length === 0
    ? ok(read)
    : ok(
        `${read}; privileged approvals are switched off in ${off.join(", ")}`,
        "Requests for consoles there are refused. To allow them, switch privileged approvals on in ZPA under Microtenants.",
      );
}
