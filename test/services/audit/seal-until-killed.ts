import { systemClock } from "../../../src/clock.ts";
import { noFault } from "../../../src/fault-points.ts";
import { createLog } from "../../../src/log.ts";
import { sealLedger } from "../../../src/services/audit/seal-ledger.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { KEY, NEVER } from "./a-ledger.ts";

/**
 * A replica that seals: once for each message, and says how many. Told to die, it stops dead between its seals and their commit, and
 * says so.
 */
const [, , url = "", end = "lives"] = process.argv;
const database = await openDatabase({ url, folder: "", log: createLog("silent") });
const stopDead = () => {
  process.send?.("sealed");
  return new Promise<void>(() => {});
};
const ports = {
  db: database.db,
  keys: { current: KEY, older: [] },
  clock: systemClock,
  log: createLog("silent"),
  faultPoint: end === "dies" ? stopDead : noFault,
};
process.on("message", async () => process.send?.(await sealLedger(ports, NEVER)));
process.send?.("ready");
