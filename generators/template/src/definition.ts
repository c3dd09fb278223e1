import { defineFactory } from '@fabrica/core';

import { holdersAtBirth } from './model/holders.ts';
import { validateOrder } from './model/validate-order.ts';
import { TemplateInit } from './order-schema.ts';
import { ROLES } from './roles.ts';

/** The template factory. */
export const templateFactory = defineFactory({
  id: 'template',
  version: '0.1.0',
  roles: ROLES,
  init: TemplateInit,
  cycles: { initial: 1_000_000_000_000n, topUpBelow: 300_000_000_000n },
  validate: validateOrder,
  describe: ({ name }) => ({ name }),
  rolesAtBirth: holdersAtBirth,
});
