/**
 * Stands in for `uuid` inside canisters, where azle names the callbacks of its calls with it. A count is
 * enough: it must be unique in one canister between two upgrades, and a random text costs 75,000
 * instructions.
 */
let count = 0;

export const v4 = (): string => (count += 1).toString();
