import { bytes, short } from './numbers.ts';

/** A canister, as `GET /instances/<n>/_/usage` describes it. */
export interface CanisterRow {
  readonly canister: string;
  readonly name: string | null;
  readonly status: string;
  readonly calls: number;
  readonly executions: number;
  readonly instructions: number | bigint;
  readonly cycles_charged: number | bigint;
  readonly traps: number;
  /** The balance. */
  readonly cycles: number | bigint;
  /** Bytes. */
  readonly memory: number;
}

const HEAD = [
  'CANISTER',
  'STATUS',
  'CALLS',
  'TRAPS',
  'INSTRUCTIONS',
  'CHARGED',
  'CYCLES',
  'MEMORY',
];

/**
 * A table of canisters, those first that use most instructions: since the table before, where there was
 * one, then in all.
 * @param most Canisters shown at most.
 */
export function topTable(
  canisters: readonly CanisterRow[],
  before: readonly CanisterRow[] | null,
  most: number,
): string {
  const earlier = new Map(before?.map((row) => [row.canister, Number(row.instructions)]));
  const recent = (row: CanisterRow): number =>
    before === null ? 0 : Number(row.instructions) - (earlier.get(row.canister) ?? 0);
  const sorted = [...canisters].sort(
    (a, b) => recent(b) - recent(a) || Number(b.instructions) - Number(a.instructions),
  );
  const rows = sorted
    .slice(0, most)
    .map((row) => [
      row.name ?? row.canister,
      row.status,
      short(row.calls),
      short(row.traps),
      short(row.instructions),
      short(row.cycles_charged),
      short(row.cycles),
      bytes(row.memory),
    ]);
  const hidden = canisters.length - rows.length;
  const widths = HEAD.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [line(HEAD), ...rows.map(line), ...(hidden > 0 ? [`and ${hidden} more`] : [])].join('\n');
}
