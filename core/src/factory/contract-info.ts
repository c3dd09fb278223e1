import { c, type Infer } from '../candid/index.ts';

/** What a factory knows of a contract. */
export const ContractInfo = c.named(
  'ContractInfo',
  c.record({
    /** The canister. */
    id: c.principal,
    /** Position in the factory's directory, from 0. */
    number: c.nat32,
    /** Who ordered it and, with the factory, controls it. */
    owner: c.principal,
    name: c.text({ max: 64 }),
    status: c.text({ max: 32 }),
    isPublic: c.bool,
    /** False once the owner took the factory from the controllers: listed, but no longer looked after. */
    managed: c.bool,
    /** Version of the contract's code, x.y.z. */
    version: c.text({ max: 32 }),
    /** SHA-256 of the module it runs, as installed. */
    moduleHash: c.blob({ max: 32 }),
    /** Nanoseconds since the epoch. */
    createdAt: c.nat64,
  }),
);
export type ContractInfo = Infer<typeof ContractInfo>;
