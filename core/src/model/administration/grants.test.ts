import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../store/memory-store.ts';
import { AdministrationLog } from './administration-log.ts';
import {
  holdersOf,
  holds,
  isAdministered,
  roleName,
  withGrant,
  withHolders,
  withoutGrant,
  type AdministrationRole,
  type Grant,
} from './grants.ts';

const ALICE = Uint8Array.of(1, 1);
const BOB = Uint8Array.of(2, 1);
const guardian = (principal: Uint8Array, expiresAt: bigint | null = null): Grant => ({
  principal,
  role: { Guardian: null },
  expiresAt,
});

describe('a grant', () => {
  test('holds until it expires, for its role and its principal alone', () => {
    const grants = [guardian(ALICE, 10n)];
    expect(holds(grants, ALICE, ['Guardian'], 9n)).toBe(true);
    expect(holds(grants, ALICE, ['Guardian'], 10n)).toBe(false);
    expect(holds(grants, ALICE, ['Administrator', 'Gateway'], 9n)).toBe(false);
    expect(holds(grants, BOB, ['Guardian'], 9n)).toBe(false);
    expect(holdersOf(grants, 'Guardian', 10n)).toEqual([]);
  });

  test('given again replaces the one before', () => {
    const grants = withGrant(withGrant([], guardian(ALICE, 10n)), guardian(ALICE));
    expect(grants).toEqual([guardian(ALICE)]);
  });

  test('taken away leaves the others', () => {
    const grants = [guardian(ALICE), guardian(BOB)];
    expect(withoutGrant(grants, ALICE, 'Guardian')).toEqual([guardian(BOB)]);
    expect(withoutGrant(grants, ALICE, 'Gateway')).toEqual(grants);
  });

  test('of an administrator that expires does not keep a factory administered', () => {
    const administrator = { principal: ALICE, role: { Administrator: null }, expiresAt: 10n };
    expect(isAdministered([administrator, guardian(BOB)])).toBe(false);
    expect(isAdministered([{ ...administrator, expiresAt: null }])).toBe(true);
  });
});

test('whatever is done, every principal has a role once at most', () => {
  const roles: AdministrationRole[] = [{ Administrator: null }, { Gateway: null }];
  const operation = fc.tuple(fc.nat(2), fc.nat(3), fc.constantFrom(...roles));
  fc.assert(
    fc.property(fc.array(operation), (operations) => {
      let grants: Grant[] = [];
      for (const [kind, who, role] of operations) {
        const principal = Uint8Array.of(who);
        const name = roleName(role);
        if (kind === 0) grants = withGrant(grants, { principal, role, expiresAt: null });
        if (kind === 1) grants = withoutGrant(grants, principal, name);
        if (kind === 2) grants = withHolders(grants, name, [principal, principal]);
        if (kind === 2) expect(holdersOf(grants, name, 0n)).toEqual([principal]);
      }
      const keys = grants.map(({ principal, role }) => `${principal[0]} ${roleName(role)}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

test('the log is read newest first, page by page', () => {
  const log = new AdministrationLog(new MemoryStore());
  for (let at = 0n; at < 5n; at += 1n) {
    log.append({ at, by: ALICE, method: 'pause', subject: null, detail: 'x'.repeat(1000) });
  }
  const first = log.page(null, 3);
  expect(first.entries.map(({ number }) => number)).toEqual([4, 3, 2]);
  const second = log.page(first.next, 3);
  expect(second.entries.map(({ number }) => number)).toEqual([1, 0]);
  expect(second.next).toBeNull();
});
