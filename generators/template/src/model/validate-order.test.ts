import { describe, expect, test } from 'vitest';

import { LIMITS } from './limits.ts';
import { sampleOrder, someone } from './testing.ts';
import { validateOrder } from './validate-order.ts';

describe('an order', () => {
  test('is taken as it should be', () => {
    expect(validateOrder(sampleOrder())).toEqual({ Ok: null });
  });

  test.each(['', 'é'.repeat(LIMITS.name)])('with a name of the wrong length is refused', (name) => {
    expect(validateOrder({ ...sampleOrder(), name })).toMatchObject({
      Err: { code: 'template.name_length' },
    });
  });
  // <role>

  test('with somebody named twice as keeper is refused', () => {
    const keepers = [someone('a'), someone('b'), someone('a')];
    expect(validateOrder({ ...sampleOrder(), keepers })).toMatchObject({
      Err: { code: 'template.member_twice' },
    });
  });

  test('with too many keepers is refused', () => {
    const count = LIMITS.membersAtBirth + 1;
    const keepers = Array.from({ length: count }, (_, index) => someone(`member ${index}`));
    expect(validateOrder({ ...sampleOrder(), keepers })).toMatchObject({
      Err: { code: 'template.too_many_members' },
    });
  });
  // </role>
});
