import { pino } from "pino";
import { openDatabase } from "../../src/store/open-database.ts";

/** Commits one notice after another, telling its parent of each once it is committed, until it is killed. */
const { db } = await openDatabase({ url: null, folder: process.argv[2] ?? "", log: pino({ level: "silent" }) });
for (let i = 0; ; i++) {
  const key = `notice-${i}`;
  await db.transaction().execute((trx) =>
    trx
      .insertInto("notice")
      .values({ key, said_at: new Date(0) })
      .execute(),
  );
  process.send?.(key);
}
