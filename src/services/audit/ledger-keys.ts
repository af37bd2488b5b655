import { createHash } from "node:crypto";

/** A key that seals the ledger. Its id says which one made a seal, and nothing of the key. */
export interface LedgerKey {
  readonly id: string;
  readonly secret: string;
}

export interface LedgerKeys {
  /** Null: nothing is sealed. */
  readonly current: LedgerKey | null;
  /** What sealed before, the oldest first. */
  readonly older: readonly LedgerKey[];
}

export const ledgerKey = (secret: string): LedgerKey => ({
  id: createHash("sha256").update("portcullis.ledger.key\n").update(secret).digest("hex").slice(0, 12),
  secret,
});

/** Keys in the order in which they sealed. */
export const inOrderOfUse = ({ current, older }: LedgerKeys): readonly LedgerKey[] => [
  ...older.filter(({ id }) => id !== current?.id),
  ...(current === null ? [] : [current]),
];
