/** Status of a contract that was retired. The kernel's own: no definition may have one of this name. */
export const RETIRED = 'retired';
