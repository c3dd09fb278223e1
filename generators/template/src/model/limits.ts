import { MAX_HOLDERS_AT_BIRTH } from '@fabrica/core';

/** Bounds of orders and contracts. */
export const LIMITS = {
  /** Bytes. */
  name: 64,
  /** Bytes of any other text of the order. */
  text: 500,
  /** Members of all roles together that an order may name. */
  membersAtBirth: MAX_HOLDERS_AT_BIRTH,
  /** Members of one role in a running contract. */
  membersOfRole: 100,
} as const;
