/** A part of a sentence: words, or what Slack shows in the reader's own way. */
export type Piece = string | { readonly person: string } | { readonly group: string } | { readonly at: Date };

/** Puts people, groups and instants into a sentence: ``say`Reassigned by ${{ person: "U1" }}.` ``. */
export const say = (words: TemplateStringsArray, ...between: readonly (Piece | readonly Piece[])[]): Piece[] =>
  words.flatMap((text, place): Piece[] => {
    const piece = between[place];
    return [...(text === "" ? [] : [text]), ...(piece === undefined ? [] : isRow(piece) ? piece : [piece])];
  });

const isRow = (piece: Piece | readonly Piece[]): piece is readonly Piece[] => Array.isArray(piece);
