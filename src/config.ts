/** Everything that can be set, parsed and checked once at start. Secrets are read from the environment or from `<NAME>_FILE`. */
export interface Config {
  readonly slack: {
    readonly mode: "socket" | "http";
    readonly botToken: string;
    /** Socket Mode only. */
    readonly appToken: string | null;
    /** HTTP mode only. */
    readonly signingSecret: string | null;
    /** Default `https://slack.com/api/`. */
    readonly apiUrl: string;
    readonly port: number;
    /** Channel that shows every approval card, or null: cards go to the approvers themselves. */
    readonly approvalsChannel: string | null;
  };
  readonly zpa: {
    readonly auth: "legacy" | "oneapi";
    readonly clientId: string;
    readonly clientSecret: string | null;
    /** PEM text of the RSA key, OneAPI only. */
    readonly privateKey: string | null;
    readonly customerId: string;
    readonly cloud: string;
    readonly vanityDomain: string | null;
    /** Base of the API without `/zpa`; null derives it from cloud and auth. */
    readonly apiUrl: string | null;
    readonly authUrl: string | null;
    /** Microtenant ids are read from ZPA; this turns the reading off for tenants without them. */
    readonly microtenants: boolean;
  };
  /** Slack user ids (U…, W…) and user-group ids (S…). */
  readonly approvers: readonly string[];
  readonly admins: readonly string[];
  /** Lower case. Empty is refused at start: it would trust every address. */
  readonly allowedEmailDomains: readonly string[];
  /** Slack email → ZPA user name, both lower case, where they differ. */
  readonly zpaUserByEmail: ReadonlyMap<string, string>;
  readonly selfApproval: boolean;
  readonly overnightHours: "next-day" | "split";
  readonly maxConsolesPerRequest: number;
  readonly catalogRefreshMinutes: number;
  readonly database: { readonly url: string | null; readonly folder: string };
  readonly logLevel: "debug" | "info" | "warn" | "error";
}
