import "./process-zone.ts";
import { readFileSync } from "node:fs";
import { startPortcullis } from "./app.ts";
import { checkConfig } from "./config.ts";
import { fromUnknown } from "./errors.ts";
import { createLog } from "./log.ts";
import { errorSentence } from "./texts/error-sentence.ts";
import { textsFor } from "./texts/texts.ts";

const STOP_MILLISECONDS = 20_000;

const reading = checkConfig(process.env, (path) => readFileSync(path, "utf8"));
if (reading.kind === "incomplete") {
  for (const { sentence } of reading.problems) console.error(sentence);
  console.error("\nTo try Portcullis without any account: npm run sandbox");
  process.exit(2);
}

const { config } = reading;
const log = createLog(config.logLevel);

try {
  const portcullis = await startPortcullis({
    config,
    log,
    onFatal: (cause) => {
      log.error({ err: cause }, "portcullis.lost");
      process.exit(70);
    },
  });
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, "portcullis.stopping");
      portcullis.stop(STOP_MILLISECONDS).then(
        () => process.exit(0),
        (cause: unknown) => {
          log.error({ err: fromUnknown(cause) }, "portcullis.stop-failed");
          process.exit(1);
        },
      );
    });
} catch (thrown) {
  const error = fromUnknown(thrown);
  log.error({ err: error }, "portcullis.not-started");
  console.error(errorSentence(error, textsFor("en-US")));
  process.exit(1);
}
