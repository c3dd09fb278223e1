import { MAX_HOLDERS_AT_BIRTH, statusesOf } from '@fabrica/core';
import { decoder } from '@fabrica/core/candid';
import { describe, expect, it } from 'vitest';
import { newPeople } from './people.ts';
import type { Subject } from './options.ts';

const NOW = 1_700_000_000_000_000_000n;

/** What holds of a definition by itself: no canister is needed. */
export function describeDefinition({ definition, encodeOrder, invalidOrder }: Subject): void {
  const { id, init, roles } = definition;
  const people = newPeople();
  const context = { owner: people.owner, now: NOW };
  const decode = decoder([init]);

  function read(bytes: Uint8Array): never {
    const decoded = decode(bytes);
    if (!decoded.ok) throw new Error(`The order does not decode: ${decoded.reason}`);
    return decoded.values[0] as never;
  }

  describe('definition', () => {
    it('is frozen, with the roles it indexes', () => {
      expect(Object.isFrozen(definition)).toBe(true);
      expect(Object.isFrozen(roles)).toBe(true);
      expect(statusesOf(definition).length).toBeGreaterThan(0);
    });

    it('takes the order, and the same answer comes the second time', () => {
      const order = read(encodeOrder(people));
      expect(definition.validate(order, context)).toHaveProperty('Ok');
      expect(definition.describe(order, context)).toEqual(definition.describe(order, context));
      expect(definition.rolesAtBirth(order, context)).toEqual(
        definition.rolesAtBirth(order, context),
      );
    });

    it('describes it by a name that fits lists', () => {
      const { name, notes = [] } = definition.describe(read(encodeOrder(people)), context);
      const bytes = new TextEncoder().encode(name).length;
      expect(bytes).toBeGreaterThanOrEqual(1);
      expect(bytes).toBeLessThanOrEqual(64);
      expect(notes.length).toBeLessThanOrEqual(20);
      for (const note of notes) expect(note.length).toBeLessThanOrEqual(500);
    });

    it('names holders of its own roles only, and not too many', () => {
      const holders = definition.rolesAtBirth(read(encodeOrder(people)), context);
      expect(holders.length).toBeLessThanOrEqual(MAX_HOLDERS_AT_BIRTH);
      for (const { role } of holders) expect(roles).toContain(role);
    });

    it.runIf(invalidOrder !== null)('refuses an order that breaks its rules, and says why', () => {
      const checked = definition.validate(read(invalidOrder!.encode(people)), context);
      expect(checked).toHaveProperty('Err');
      const { code, message, action } = (checked as { Err: Record<string, string> }).Err;
      expect(code).toBe(invalidOrder!.code);
      expect(message).not.toBe('');
      expect(action).not.toBe('');
      // Codes tell which table to look into.
      expect(code!.startsWith(`${id}.`)).toBe(true);
    });
  });
}
