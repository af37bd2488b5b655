import { type DestinationStream, pino } from "pino";

export type Log = Pick<pino.Logger, "debug" | "info" | "warn" | "error" | "child">;

const secretPaths = [
  "token",
  "*.token",
  "authorization",
  "*.authorization",
  "headers.authorization",
  "*.headers.authorization",
  "client_secret",
  "*.client_secret",
  "client_assertion",
  "*.client_assertion",
  "access_token",
  "*.access_token",
  "botToken",
  "*.botToken",
  "appToken",
  "*.appToken",
  "signingSecret",
  "*.signingSecret",
  "clientSecret",
  "*.clientSecret",
  "secret",
  "*.secret",
  "ledgerKey",
  "*.ledgerKey",
  "privateKey",
  "*.privateKey",
  "password",
  "*.password",
  "passphrase",
  "*.passphrase",
  "response_url",
  "*.response_url",
  "responseUrl",
  "*.responseUrl",
  "trigger_id",
  "*.trigger_id",
  "triggerId",
  "*.triggerId",
];

/** What gives itself away by its form, wherever in a line it stands: Slack's tokens, bearers, addresses that anybody may answer at. */
const secretForms = /xox[a-z]-[\w-]+|xapp-[\w-]+|\bBearer [\w.~+/=-]+|https:\/\/hooks\.slack\.com\/[\w/-]+/g;
const CENSOR = "[redacted]";
/** A shorter one may be a word of the log itself, such as a password "postgres". */
const SHORTEST_SECRET = 10;

export interface LogOptions {
  /** Values that must not be in any line, whatever brings them there: an error's text, an SDK's warning. */
  readonly secrets?: readonly (string | null)[];
  /** Default: standard error. */
  readonly to?: DestinationStream;
}

/** JSON lines on standard error: events, not sentences; secrets redacted. Standard output belongs to `--json`. */
export function createLog(level: string, { secrets = [], to = pino.destination({ fd: 2, sync: false }) }: LogOptions = {}): Log {
  const exact = secrets.flatMap((secret) =>
    secret !== null && secret.length >= SHORTEST_SECRET ? [JSON.stringify(secret).slice(1, -1)] : [],
  );
  const masked = (line: string): string =>
    exact.reduce((text, secret) => text.replaceAll(secret, CENSOR), line.replace(secretForms, CENSOR));
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretPaths, censor: CENSOR },
      hooks: { streamWrite: masked },
    },
    to,
  );
}
