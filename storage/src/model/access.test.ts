import { MemoryStore } from '@fabrica/core/store';
import { describe, expect, test } from 'vitest';
import { Access } from './access.ts';
import { code, value } from './testing/results.ts';
import { canister, user } from './testing/samples.ts';

const ANONYMOUS = Uint8Array.of(4);

describe('the whitelist', () => {
  test('only an administrator replaces it, and every version is kept', () => {
    const store = new MemoryStore();
    const access = new Access(store);
    const first = { administrators: [user(1)], writers: [canister(1)] };
    const second = { administrators: [user(2)], writers: [] };
    value(access.install(user(9), first, 1n));
    for (const caller of [user(9), canister(1), ANONYMOUS]) {
      expect(code(access.setup(caller, second, 2n))).toBe('storage.not_administrator');
    }
    value(access.setup(user(1), second, 3n));
    expect(code(access.setup(user(1), first, 4n))).toBe('storage.not_administrator');
    expect(new Access(store).whitelist).toEqual(second);
    expect(access.history(0, 10)).toEqual([
      { by: user(9), at: 1n, whitelist: first },
      { by: user(1), at: 3n, whitelist: second },
    ]);
  });

  test('a list without administrator, or with the anonymous principal, is refused', () => {
    const access = new Access(new MemoryStore());
    const none = { administrators: [], writers: [canister(1)] };
    expect(code(access.install(user(1), none, 1n))).toBe('storage.no_administrator');
    const open = { administrators: [user(1)], writers: [ANONYMOUS] };
    expect(code(access.install(user(1), open, 1n))).toBe('storage.anonymous_listed');
  });
});
