import { startControl } from "../../src/http/control/start-control.ts";
import { randomIds } from "../../src/ids.ts";
import { createLog } from "../../src/log.ts";
import { aRulebookIn } from "../services/rules/a-rulebook.ts";
import { noServices } from "./no-services.ts";

/** A process that owns a folder and answers `pra` there, until it is killed. */
const [, , folder = ""] = process.argv;
const { rules } = await aRulebookIn(folder);
await startControl({
  folder,
  services: { ...noServices, rules },
  ids: randomIds,
  log: createLog("silent"),
});
process.stdout.write("listening\n");
