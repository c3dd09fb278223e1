/** Role indexes. Append-only: positions are stored, by the factory and by its contracts. */
export const ROLES = [
  // <role>
  'keeper',
  // </role>
] as const;
export type Role = (typeof ROLES)[number];
