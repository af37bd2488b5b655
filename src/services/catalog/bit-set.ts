/** A set of small whole numbers, one bit each: intersecting 50,000 of them takes microseconds. */
export type BitSet = Uint32Array;

export const emptySet = (size: number): BitSet => new Uint32Array(Math.ceil(size / 32));

export function addAll(set: BitSet, members: Uint32Array): void {
  for (const member of members) set[member >>> 5] = (set[member >>> 5] ?? 0) | (1 << (member & 31));
}

export function isEmpty(set: BitSet): boolean {
  for (const bits of set) if (bits !== 0) return false;
  return true;
}

/** Leaves in `set` what `other` has too. */
export function keepCommon(set: BitSet, other: BitSet): void {
  for (let at = 0; at < set.length; at += 1) set[at] = (set[at] ?? 0) & (other[at] ?? 0);
}

/** Members, the smallest first. */
export function* members(set: BitSet): Generator<number> {
  for (let at = 0; at < set.length; at += 1) {
    for (let bits = set[at] ?? 0; bits !== 0; bits &= bits - 1) yield at * 32 + 31 - Math.clz32(bits & -bits);
  }
}
