/** What the template marks for repetition: `// <role>` to `// </role>`, and the same in Markdown. */
export type BlockKind = 'role' | 'field' | 'method' | 'action';

/** A piece of a template's text: outside all blocks, or the inside of one. */
export interface Piece {
  readonly kind: BlockKind | null;
  readonly text: string;
}

const BLOCK =
  /^[ \t]*(?:\/\/|<!--) <(role|field|method|action)>(?: -->)?\n([\s\S]*?)^[ \t]*(?:\/\/|<!--) <\/\1>(?: -->)?\n/gm;

/** A template's text in pieces, without the marks. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(BLOCK)) {
    pieces.push({ kind: null, text: text.slice(end, match.index) });
    pieces.push({ kind: match[1] as BlockKind, text: match[2]! });
    end = match.index + match[0].length;
  }
  return [...pieces, { kind: null, text: text.slice(end) }];
}
