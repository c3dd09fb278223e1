import type { Result } from '@fabrica/core';
import { equal } from '@fabrica/core/store';

import { templateErrors } from '../errors.ts';
import type { TemplateInit } from '../order-schema.ts';
import { holdersAtBirth } from './holders.ts';
import { LIMITS } from './limits.ts';
import { utf8Length } from './utf8-length.ts';

/** Checks an order. Pure: runs before money moves, and again when the contract is made. */
export function validateOrder(order: TemplateInit): Result<null> {
  const length = utf8Length(order.name);
  if (length < 1 || length > LIMITS.name) {
    return templateErrors.name_length({ length, max: LIMITS.name });
  }
  for (const [field, value] of Object.entries(order)) {
    if (typeof value !== 'string' || utf8Length(value) <= LIMITS.text) continue;
    return templateErrors.text_length({ field, length: utf8Length(value), max: LIMITS.text });
  }
  const holders = holdersAtBirth(order);
  if (holders.length > LIMITS.membersAtBirth) {
    const { membersAtBirth: max } = LIMITS;
    return templateErrors.too_many_members({ count: holders.length, max });
  }
  const twice = holders.find(({ role, principal }, at) =>
    holders.some((other, i) => i < at && other.role === role && equal(other.principal, principal)),
  );
  return twice === undefined ? { Ok: null } : templateErrors.member_twice({ role: twice.role });
}
