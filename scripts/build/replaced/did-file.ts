/**
 * Stands in for azle's printing of interfaces inside canisters: it runs when a module is evaluated, so at every
 * installation and upgrade, and Fabrica prints interfaces at build time. 3 KB of JavaScript, 10 M instructions.
 */
export const idlToString = (): string => '';

export const getDefaultVisitorData = (): object => ({});
