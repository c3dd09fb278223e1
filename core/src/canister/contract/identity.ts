import { c, type Infer } from '../../candid/index.ts';

/** What a contract knows of itself. */
export const Identity = c.record({
  factory: c.principal,
  owner: c.principal,
  status: c.text({ max: 32 }),
  isPublic: c.bool,
  autoUpdate: c.bool,
  /** Events given up in this life. */
  dropped: c.nat32,
  /** The life that events are numbered in: the time at which it began. */
  epoch: c.nat64,
  /** A snapshot that is to be told: whether its beginning was, and the position of the holder that is next. */
  snapshot: c.opt(c.record({ begun: c.bool, from: c.nat32 })),
});
export type Identity = Infer<typeof Identity>;
