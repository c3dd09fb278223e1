/** Result of a method that is answered some other time. */
export const LATER = Symbol('answered later');
