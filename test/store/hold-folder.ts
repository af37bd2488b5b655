import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ownFolder } from "../../src/store/own-folder.ts";

/** Owns the folder named on its command line until it is killed, and keeps no reference to what it owns it by. */
ownFolder(process.argv[2] ?? "");
setFlagsFromString("--expose-gc");
runInNewContext("gc")();
// Finalizers run in a turn of their own.
setImmediate(() => process.send?.("owned"));
