import "./process-zone.ts";
import { readFileSync } from "node:fs";
import { type Portcullis, startPortcullis } from "./app.ts";
import { checkConfig, secretsIn } from "./config.ts";
import { fromUnknown } from "./errors.ts";
import { createLog } from "./log.ts";
import { errorSentence } from "./texts/error-sentence.ts";
import { textsFor } from "./texts/texts.ts";

const STOP_MILLISECONDS = 20_000;
/** A stop that does not even keep its own deadline. */
const FORCED_MILLISECONDS = 25_000;

const reading = checkConfig(process.env, (path) => readFileSync(path, "utf8"));
if (reading.kind === "incomplete") {
  for (const { sentence } of reading.problems) console.error(sentence);
  console.error("\nTo try Portcullis without any account: npm run sandbox");
  process.exit(2);
}

const { config } = reading;
const log = createLog(config.logLevel, { secrets: secretsIn(config) });
let portcullis: Portcullis | null = null;
let isStopping = false;

async function stop(signal: string): Promise<void> {
  // Before it has started nothing was acknowledged, and what its jobs had begun goes on at the next start.
  if (portcullis === null || isStopping) {
    log.warn({ signal }, "portcullis.stop-forced");
    process.exit(1);
  }
  isStopping = true;
  log.info({ signal }, "portcullis.stopping");
  setTimeout(() => {
    log.error("portcullis.stop-overdue");
    process.exit(1);
  }, FORCED_MILLISECONDS).unref();
  try {
    process.exit((await portcullis.stop(STOP_MILLISECONDS)) === "clean" ? 0 : 1);
  } catch (thrown) {
    log.error({ err: fromUnknown(thrown) }, "portcullis.stop-failed");
    process.exit(1);
  }
}

// Heard from the beginning: as the first process of a container it would otherwise not hear of them at all.
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));

try {
  portcullis = await startPortcullis({
    config,
    log,
    onFatal: (cause) => {
      log.error({ err: cause }, "portcullis.lost");
      process.exit(70);
    },
  });
} catch (thrown) {
  const error = fromUnknown(thrown);
  log.error({ err: error }, "portcullis.not-started");
  console.error(errorSentence(error, textsFor("en-US")));
  process.exit(1);
}
