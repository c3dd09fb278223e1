import { budgets, ceilings } from './budgets.ts';
import { peersOf, type Peer } from './comparisons.ts';
import type { Figure, Unit } from './figure.ts';

/** A figure as `results.json` has it, its value under the name of its unit. */
export type Result = { readonly name: string } & Partial<Readonly<Record<Unit, number>>> & {
    readonly budget: number | null;
    readonly peer: Peer | null;
  };

/** What stands behind a value. */
const SUFFIX: Readonly<Record<Unit, string>> = {
  instructions: '',
  bytes: ' B',
  microseconds: ' µs',
  percent: ' %',
};

/** The figures with their budgets and peers. */
export function resultsOf(figures: readonly Figure[]): Result[] {
  const measured = valuesOf(figures);
  return figures.map(({ name, value, unit }) => ({
    name,
    [unit]: value,
    budget: budgets[name] ?? null,
    peer: peersOf(name, measured)[0] ?? null,
  }));
}

/** The figures as a Markdown table, which is also how they read best in a terminal. */
export function tableOf(figures: readonly Figure[]): string {
  const measured = valuesOf(figures);
  const rows = figures.map(({ name, value, unit }) => {
    const budget = budgets[name];
    const peers = peersOf(name, measured);
    return [
      name,
      `${grouped(value)}${SUFFIX[unit]}`,
      budget === undefined ? '' : `${grouped(budget)}${name in ceilings ? ' (missed)' : ''}`,
      peers.map((peer) => `${peer.name} ${grouped(peer.instructions)}`).join('; '),
      peers.map((peer) => `${(value / peer.instructions).toPrecision(2)}x`).join('; '),
    ];
  });
  const head = ['Case', 'Measured', 'Budget', 'Peer', 'Ratio'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => aligned(cell, widths[column]!, column)).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

const isNumber = (column: number): boolean => column === 1 || column === 2;

function aligned(cell: string, width: number, column: number): string {
  return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

function valuesOf(figures: readonly Figure[]): Map<string, number> {
  return new Map(figures.map(({ name, value }) => [name, value]));
}
