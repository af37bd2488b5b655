/** A set of small whole numbers, one bit each: intersecting 50,000 of them takes microseconds. */
export type BitSet = Uint32Array;

export const emptySet = (size: number): BitSet => new Uint32Array(Math.ceil(size / 32));

export function addAll(set: BitSet, members: readonly number[]): void {
  for (const member of members) set[member >>> 5] = (set[member >>> 5] ?? 0) | (1 << (member & 31));
}

export function isEmpty(set: BitSet): boolean {
  for (const bits of set) if (bits !== 0) return false;
  return true;
}

/** What all sets have in common; at least one set is given. */
export function intersection(sets: readonly BitSet[]): BitSet {
  const [first = new Uint32Array(), ...others] = sets;
  const common = first.slice();
  for (const other of others) for (let at = 0; at < common.length; at += 1) common[at] = (common[at] ?? 0) & (other[at] ?? 0);
  return common;
}

/** Members, the smallest first. */
export function* members(set: BitSet): Generator<number> {
  for (let at = 0; at < set.length; at += 1) {
    for (let bits = set[at] ?? 0; bits !== 0; bits &= bits - 1) yield at * 32 + 31 - Math.clz32(bits & -bits);
  }
}
