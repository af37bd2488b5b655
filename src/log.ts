import { pino } from "pino";

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
];

/** JSON lines on standard error: events, not sentences; secrets redacted. Standard output belongs to `--json`. */
export const createLog = (level: string): Log =>
  pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: secretPaths, censor: "[redacted]" } },
    pino.destination({ fd: 2, sync: false }),
  );
