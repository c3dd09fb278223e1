import { c, type Infer } from '../../candid/index.ts';

/** Which contracts are wanted: those that satisfy every field given. */
export const ContractQuery = c.named(
  'ContractQuery',
  c.record({
    creator: c.opt(c.principal),
    /** Somebody's role in it. */
    holder: c.opt(c.record({ role: c.text({ max: 32 }), user: c.principal })),
    status: c.opt(c.text({ max: 32 })),
    version: c.opt(c.text({ max: 32 })),
    /** Beginning of the name, whatever its case. */
    namePrefix: c.opt(c.text({ max: 64 })),
    /** Created at or after, in nanoseconds since the epoch. */
    createdFrom: c.opt(c.nat64),
    /** Created before. */
    createdBefore: c.opt(c.nat64),
    /** Only public contracts. Taken for true unless the caller asks for contracts of his own. */
    publicOnly: c.bool,
  }),
);
export type ContractQuery = Infer<typeof ContractQuery>;
