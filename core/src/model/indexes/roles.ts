/** Every role: a mask that matches each row. */
export const ALL_ROLES = 0xff;

/** Throws `RangeError` unless `roles` is a bitmask of eight roles, at least `least`. */
export function requireRoles(roles: number, least: 0 | 1): void {
  if (!(roles >= least && roles <= ALL_ROLES && roles % 1 === 0)) {
    throw new RangeError(`roles ${roles} is not a bitmask from ${least} to ${ALL_ROLES}`);
  }
}
