/** One line of a comparison: taken out, put in, or in both. */
export interface DiffLine {
  readonly sign: "+" | "-" | " ";
  readonly text: string;
}

/** The shortest way from one text to another, line by line; what is taken out stands before what is put in. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [one, other] = [linesOf(before), linesOf(after)];
  const common = commonLengths(one, other);
  const lines: DiffLine[] = [];
  let [left, right] = [0, 0];
  while (left < one.length || right < other.length) {
    const [was, is] = [one[left], other[right]];
    if (was !== undefined && was === is) {
      lines.push({ sign: " ", text: was });
      left += 1;
      right += 1;
    } else if (was !== undefined && lengthAt(common, left + 1, right) >= lengthAt(common, left, right + 1)) {
      lines.push({ sign: "-", text: was });
      left += 1;
    } else if (is !== undefined) {
      lines.push({ sign: "+", text: is });
      right += 1;
    } else left += 1;
  }
  return lines;
}

/** As it is printed: `+ approvers:`. */
export const diffText = (lines: readonly DiffLine[]): string => lines.map(({ sign, text }) => `${sign} ${text}`).join("\n");

const linesOf = (text: string): readonly string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

const lengthAt = (common: readonly (readonly number[])[], left: number, right: number): number => common[left]?.[right] ?? 0;

/** How many lines the rests of both texts have in common, from each pair of places on. */
function commonLengths(one: readonly string[], other: readonly string[]): readonly (readonly number[])[] {
  const lengths: number[][] = [];
  for (let left = one.length - 1; left >= 0; left--) {
    const row: number[] = [];
    for (let right = other.length - 1; right >= 0; right--)
      row[right] =
        one[left] === other[right]
          ? lengthAt(lengths, left + 1, right + 1) + 1
          : Math.max(lengthAt(lengths, left + 1, right), row[right + 1] ?? 0);
    lengths[left] = row;
  }
  return lengths;
}
