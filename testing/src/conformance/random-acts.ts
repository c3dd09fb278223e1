import fc from 'fast-check';

/** Something that happens to a factory. Numbers choose among what there is then. */
export type Act =
  | { readonly kind: 'order'; readonly user: number }
  | {
      readonly kind: 'role';
      readonly contract: number;
      readonly role: number;
      readonly user: number;
      readonly added: boolean;
    }
  | { readonly kind: 'status'; readonly contract: number; readonly status: number }
  | { readonly kind: 'visibility'; readonly contract: number; readonly shown: boolean }
  | {
      readonly kind: 'batch';
      readonly contract: number;
      readonly old: number;
      readonly user: number;
    }
  | { readonly kind: 'repetition'; readonly contract: number; readonly user: number }
  | { readonly kind: 'gap'; readonly contract: number; readonly user: number }
  | { readonly kind: 'upgrade' | 'restart' | 'hours' };

const number = fc.nat({ max: 11 });
const one = <K extends string>(kind: K) => fc.constant(kind);

/** Anything that may happen. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: one('order'), user: number }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: one('role'),
      contract: number,
      role: number,
      user: number,
      added: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: one('status'), contract: number, status: number }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: one('visibility'), contract: number, shown: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: one('batch'),
      contract: number,
      old: fc.nat({ max: 2 }),
      user: number,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: one('repetition'), contract: number, user: number }) },
  { weight: 2, arbitrary: fc.record({ kind: one('gap'), contract: number, user: number }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('upgrade', 'restart', 'hours') }) },
);
