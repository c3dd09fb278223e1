import type { RoleHolder } from '@fabrica/core';

import type { TemplateInit } from '../order-schema.ts';
import type { Role } from '../roles.ts';

/** Who is indexed when the contract is born, and as what. */
export function holdersAtBirth(order: TemplateInit): readonly RoleHolder<Role>[] {
  return [
    // <role>
    ...order.keepers.map((principal) => ({ role: 'keeper', principal }) as const),
    // </role>
  ];
}
