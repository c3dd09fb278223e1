import { describe, expect, inject, it } from 'vitest';
import { budgets, ceilings, complaints, groups, growths } from '../src/index.ts';

// Localnet counts instructions; the real PocketIC server does not tell them.
describe.skipIf(inject('replicaIsReal'))('within its budgets stays', () => {
  it.each(groups.filter(({ heavy }) => !heavy))('$name', async (group) => {
    expect(complaints(await group.run())).toEqual([]);
  });
});

describe('budgets', () => {
  it('have a ceiling only where they are missed', () => {
    const known = [...Object.keys(budgets), ...growths.map(({ of, to }) => `${of}/${to}`)];
    expect(Object.keys(ceilings).filter((name) => !known.includes(name))).toEqual([]);
    for (const [name, ceiling] of Object.entries(ceilings)) {
      expect(ceiling).toBeGreaterThan(budgets[name] ?? 1);
    }
  });
});
