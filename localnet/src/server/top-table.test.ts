import { describe, expect, it } from 'vitest';

import { bytes, short } from './numbers.ts';
import { type CanisterRow, topTable } from './top-table.ts';

const row = (name: string, instructions: number): CanisterRow => ({
  canister: `${name}-cai`,
  name: name === 'nameless' ? null : name,
  status: 'running',
  calls: 1,
  executions: 2,
  instructions,
  cycles_charged: 5_000_000n,
  traps: 0,
  cycles: 99_000_000_000_000n,
  memory: 3 * 2 ** 20,
});

describe('the table of localnet top', () => {
  it('puts first who used most since the last one, and says how many it leaves out', () => {
    const before = [row('old', 900), row('busy', 100), row('nameless', 5)];
    const now = [row('old', 900), row('busy', 400), row('nameless', 7)];
    const first = (table: string): string[] => table.split('\n').map((line) => line.split(' ')[0]!);
    expect(first(topTable(now, null, 9))).toEqual(['CANISTER', 'old', 'busy', 'nameless-cai']);
    expect(first(topTable(now, before, 2))).toEqual(['CANISTER', 'busy', 'nameless-cai', 'and']);
  });

  it('writes numbers short', () => {
    expect([0, 950, 1_000, 1_234_567, 99n * 10n ** 12n].map(short)).toEqual([
      '0',
      '950',
      '1 k',
      '1.23 M',
      '99 T',
    ]);
    expect([512, 1536, 5 * 2 ** 20, 3 * 2 ** 30].map(bytes)).toEqual([
      '512 B',
      '1.50 KiB',
      '5.00 MiB',
      '3.00 GiB',
    ]);
  });
});
