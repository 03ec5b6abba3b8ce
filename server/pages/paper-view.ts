import type { Block, Cell, Table } from '../../catalog/documents/official-document.ts';
import type { PageContext } from './page-context.ts';

/** A cell of a paper's table, ready to be shown. */
export interface CellView {
  readonly text: string;
  readonly href?: string;
  readonly lang?: string;
  readonly isFigure: boolean;
}

export type BlockView =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly name: string;
      /** Folded away until somebody wants it: what has sections goes into every detail. */
      readonly isLong: boolean;
      readonly columns: readonly { readonly header: string; readonly isFigure: boolean }[];
      readonly rows: readonly (
        | { readonly section: string }
        | { readonly cells: readonly CellView[] }
      )[];
    };

/** The blocks of an official paper as a page shows them. */
export function paperView(blocks: readonly Block[], context: PageContext): readonly BlockView[] {
  return blocks.map((block) => (block.kind === 'table' ? tableView(block, context) : block));
}

function tableView(
  { name, table }: { readonly name: string; readonly table: Table },
  context: PageContext,
): BlockView {
  const isFigure = (at: number) => table.columns[at]?.align === 'right';
  return {
    kind: 'table',
    name,
    isLong: table.rows.some((row) => 'section' in row),
    columns: table.columns.map(({ header }, at) => ({ header, isFigure: isFigure(at) })),
    rows: table.rows.map((row) =>
      'section' in row
        ? { section: `${row.ordinal}. ${row.section}` }
        : { cells: row.cells.map((cell, at) => cellView(cell, isFigure(at), context)) },
    ),
  };
}

function cellView(cell: Cell, isFigure: boolean, context: PageContext): CellView {
  const { text, href, lang } = typeof cell === 'object' ? cell : { text: cell };
  return {
    text: typeof text === 'number' ? context.number(text) : text,
    isFigure,
    ...(href !== undefined && { href }),
    ...(lang !== undefined && { lang }),
  };
}
