import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import { CHAIN_START } from "./seal-chain.ts";
import type { SiemCursor } from "./siem-cursor.ts";

/** Up to where the chain is the one that was shipped. */
export interface Fork {
  readonly after: string;
  readonly mac: string;
}

/**
 * Whether the seal that was shipped last is no longer the one of that number: the end of the chain was cut off, or an older copy of the
 * database was put in its place. One look at an index. A cursor of which no mac is known is believed.
 */
export async function isOtherChain(
  db: Kysely<Database>,
  { shipped, shipped_mac }: Pick<SiemCursor, "shipped" | "shipped_mac">,
): Promise<boolean> {
  if (shipped_mac === null) return false;
  const seal = await db.selectFrom("ledger_seal").select("mac").where("number", "=", shipped).executeTakeFirst();
  return seal?.mac !== shipped_mac;
}

/** The last place of a delivery that both chains have: each mac stands for everything before it. */
export async function forkOf(db: Kysely<Database>): Promise<Fork> {
  const common = await db
    .selectFrom("siem_shipped as was")
    .innerJoin("ledger_seal as is", (join) => join.onRef("is.number", "=", "was.number").onRef("is.mac", "=", "was.mac"))
    .select(["was.number as after", "was.mac as mac"])
    .orderBy("was.number", "desc")
    .limit(1)
    .executeTakeFirst();
  return common ?? { after: String(CHAIN_START.number), mac: CHAIN_START.mac };
}
