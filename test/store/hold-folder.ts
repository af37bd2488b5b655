import { ownFolder } from "../../src/store/own-folder.ts";

/** Owns the folder named on its command line until it is killed. */
ownFolder(process.argv[2] ?? "");
process.send?.("owned");
