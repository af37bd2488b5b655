import { type Environment, type ReadFile, readSettings, type SettingProblem, type Settings } from "./config/read-settings.ts";
import { SETTINGS, type SettingName, type SettingValues, settingNames } from "./config/settings.ts";
import { PortcullisError } from "./errors.ts";

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
    /** Address to listen on, HTTP mode. */
    readonly host: string;
    /** How long a stopping bot still takes clicks in, HTTP mode. */
    readonly drainSeconds: number;
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
    readonly timeoutSeconds: number;
  };
  /** The SailPoint tenant whose approvals are worked; null: none is. */
  readonly sailpoint: {
    readonly apiUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly paths: "v1" | "v2026" | "v2025" | "v2025-seed";
  } | null;
  /** Slack user ids (U…, W…) and user-group ids (S…). */
  readonly approvers: readonly string[];
  readonly admins: readonly string[];
  /** Slack user ids and user-group ids; empty: nobody is on call. */
  readonly onCall: readonly string[];
  readonly onCallMaxHours: number;
  /** Slack user id → email, lower case; null where the person is named without one. */
  readonly breakGlass: ReadonlyMap<string, string | null>;
  readonly breakGlassMaxMinutes: number;
  /** Lower case. Empty is refused at start: it would trust every address. */
  readonly allowedEmailDomains: readonly string[];
  /** Slack email → ZPA user name, both lower case, where they differ. */
  readonly zpaUserByEmail: ReadonlyMap<string, string>;
  readonly selfApproval: boolean;
  readonly overnightHours: "next-day" | "split";
  readonly maxConsolesPerRequest: number;
  readonly catalogRefreshMinutes: number;
  /** How long before its end access is warned of. */
  readonly endWarningMinutes: number;
  readonly reconcileMinutes: number;
  readonly cleanExpired: boolean;
  readonly database: { readonly url: string | null; readonly folder: string };
  /** Where `/healthz`, `/readyz` and `/metrics` are answered; port null: nowhere. */
  readonly health: { readonly port: number | null; readonly host: string };
  /** The one-time page for secrets; port null: it is not served. `url` has no path; null: links lead to this machine. */
  readonly credentialPage: { readonly port: number | null; readonly host: string; readonly url: string | null; readonly proxies: number };
  readonly credentialMaxAgeDays: number;
  /** What seals the ledger, and what did before, the oldest first. A null key: the key file in the data folder. */
  readonly ledger: { readonly key: string | null; readonly oldKeys: readonly string[] };
  /** Where the sealed ledger is sent; null sends it nowhere. */
  readonly siem: { readonly url: string; readonly secret: string } | null;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/** A whole configuration, or everything that stands in its way. */
export type ConfigReading =
  | { readonly kind: "complete"; readonly config: Config }
  | { readonly kind: "incomplete"; readonly problems: readonly SettingProblem[] };

/**
 * Reads the settings and says everything that is wrong with them at once. Names and meanings: `src/config/settings.ts`.
 *
 * @param readFile reads the file that a `<NAME>_FILE` names
 */
export function checkConfig(env: Environment, readFile: ReadFile): ConfigReading {
  const settings = readSettings(env, readFile);
  if (settings.problems.length > 0) return { kind: "incomplete", problems: settings.problems };
  return { kind: "complete", config: assemble(settings) };
}

/**
 * The configuration.
 * @throws PortcullisError `setting_missing` | `setting_invalid`; `params.settings` names the settings and `params.problems`
 * holds one sentence a line
 */
export function readConfig(env: Environment, readFile: ReadFile): Config {
  const reading = checkConfig(env, readFile);
  if (reading.kind === "complete") return reading.config;
  throw problemsError(reading.problems);
}

/**
 * The settings of the ZPA tenant alone, for what needs no others.
 * @throws PortcullisError `setting_missing` | `setting_invalid` as {@link readConfig}
 */
export function readZpaConfig(env: Environment, readFile: ReadFile): Config["zpa"] {
  const settings = readSettings(env, readFile);
  const problems = settings.problems.filter(({ setting }) => setting.startsWith("ZPA_"));
  if (problems.length > 0) throw problemsError(problems);
  return assembleZpa(settings);
}

function problemsError(problems: readonly SettingProblem[]): PortcullisError {
  return new PortcullisError(problems.some(({ code }) => code === "setting_missing") ? "setting_missing" : "setting_invalid", {
    params: {
      settings: problems.map(({ setting }) => setting).join(", "),
      problems: problems.map(({ sentence }) => sentence).join("\n"),
    },
  });
}

/** Every value of a configuration that must not be seen: what the log masks. */
export const secretsIn = ({ slack, zpa, sailpoint, database, ledger, siem }: Config): readonly (string | null)[] => [
  slack.botToken,
  slack.appToken,
  slack.signingSecret,
  zpa.clientSecret,
  zpa.privateKey,
  sailpoint?.clientSecret ?? null,
  database.url,
  passwordIn(database.url),
  ledger.key,
  ...ledger.oldKeys,
  siem?.secret ?? null,
];

/** The same of settings that need not be complete, as `pra` has them. */
export const secretsAmong = ({ value }: Settings): readonly (string | null)[] => [
  ...settingNames.flatMap((name) => (SETTINGS[name].secret ? [value(name)].flat().filter((each) => typeof each === "string") : [])),
  passwordIn(value("DATABASE_URL")),
];

const passwordIn = (url: string | null): string | null => (url === null ? null : decodeURIComponent(URL.parse(url)?.password ?? ""));

const knownIn =
  ({ value }: Settings) =>
  <Name extends SettingName>(name: Name): SettingValues[Name] => {
    const parsed = value(name);
    if (parsed === null) throw new PortcullisError("setting_missing", { params: { settings: name } });
    return parsed;
  };

function assembleZpa(settings: Settings): Config["zpa"] {
  const { value } = settings;
  const known = knownIn(settings);
  return {
    auth: known("ZPA_AUTH"),
    clientId: known("ZPA_CLIENT_ID"),
    clientSecret: value("ZPA_CLIENT_SECRET"),
    privateKey: value("ZPA_PRIVATE_KEY"),
    customerId: known("ZPA_CUSTOMER_ID"),
    cloud: known("ZPA_CLOUD"),
    vanityDomain: value("ZPA_VANITY_DOMAIN"),
    apiUrl: value("ZPA_API_URL"),
    authUrl: value("ZPA_AUTH_URL"),
    microtenants: known("ZPA_MICROTENANTS"),
    timeoutSeconds: known("ZPA_TIMEOUT_SECONDS"),
  };
}

function assemble(settings: Settings): Config {
  const { value } = settings;
  const known = knownIn(settings);
  return {
    slack: {
      mode: known("SLACK_MODE"),
      botToken: known("SLACK_BOT_TOKEN"),
      appToken: value("SLACK_APP_TOKEN"),
      signingSecret: value("SLACK_SIGNING_SECRET"),
      apiUrl: known("SLACK_API_URL"),
      port: known("PORT"),
      host: known("HOST"),
      drainSeconds: known("DRAIN_SECONDS"),
      approvalsChannel: value("APPROVALS_CHANNEL"),
    },
    zpa: assembleZpa(settings),
    sailpoint:
      value("SAILPOINT_API_URL") === null
        ? null
        : {
            apiUrl: known("SAILPOINT_API_URL"),
            clientId: known("SAILPOINT_CLIENT_ID"),
            clientSecret: known("SAILPOINT_CLIENT_SECRET"),
            paths: known("SAILPOINT_PATHS"),
          },
    approvers: known("APPROVERS"),
    admins: value("ADMINS") ?? [],
    onCall: value("ON_CALL") ?? [],
    onCallMaxHours: known("ON_CALL_MAX_HOURS"),
    breakGlass: value("BREAK_GLASS") ?? new Map(),
    breakGlassMaxMinutes: known("BREAK_GLASS_MAX_MINUTES"),
    allowedEmailDomains: known("ALLOWED_EMAIL_DOMAINS"),
    zpaUserByEmail: value("ZPA_USER_MAP") ?? new Map(),
    selfApproval: known("SELF_APPROVAL"),
    overnightHours: known("OVERNIGHT_HOURS"),
    maxConsolesPerRequest: known("MAX_CONSOLES_PER_REQUEST"),
    catalogRefreshMinutes: known("CATALOG_REFRESH_MINUTES"),
    endWarningMinutes: known("END_WARNING_MINUTES"),
    reconcileMinutes: known("RECONCILE_MINUTES"),
    cleanExpired: known("CLEAN_EXPIRED"),
    database: { url: value("DATABASE_URL"), folder: known("DATA_DIR") },
    health: { port: value("HEALTH_PORT"), host: known("HEALTH_HOST") },
    credentialPage: {
      port: value("CREDENTIAL_PAGE_PORT"),
      host: known("CREDENTIAL_PAGE_HOST"),
      url: value("CREDENTIAL_PAGE_URL"),
      proxies: known("CREDENTIAL_PAGE_PROXIES"),
    },
    credentialMaxAgeDays: known("CREDENTIAL_MAX_AGE_DAYS"),
    ledger: { key: value("LEDGER_KEY"), oldKeys: value("LEDGER_OLD_KEYS") ?? [] },
    siem: value("SIEM_URL") === null ? null : { url: known("SIEM_URL"), secret: known("SIEM_SECRET") },
    logLevel: known("LOG_LEVEL"),
  };
}
