import { c, type Infer } from '@fabrica/core/candid';

/** What happened in a wallet. */
export const ActivityEvent = c.named(
  'ActivityEvent',
  c.variant({
    Created: c.null,
    Proposed: c.null,
    Approved: c.null,
    Rejected: c.null,
    Revoked: c.null,
    Cancelled: c.null,
    ExecutionBegun: c.null,
    /** Code of the refusal. */
    ExecutionRefused: c.text({ max: 100 }),
    Executed: c.null,
    /** Position of the action that was not done, from 0. */
    Failed: c.nat8,
    RejectedByVote: c.null,
    Expired: c.null,
    /** The reason given. */
    Paused: c.text({ max: 500 }),
    /** Name of the change, as in `Change`. */
    Changed: c.text({ max: 32 }),
    AssetWatched: c.principal,
    AssetUnwatched: c.principal,
    ChunkUploaded: c.principal,
  }),
);
export type ActivityEvent = Infer<typeof ActivityEvent>;

/** An entry of the activity log. Entries are never changed and never removed. */
export const ActivityEntry = c.named(
  'ActivityEntry',
  c.record({
    /** Nanoseconds since the epoch. */
    at: c.nat64,
    /** Who did it; `null` for what the wallet did when its time had come. */
    actor: c.opt(c.principal),
    proposal: c.opt(c.nat32),
    event: ActivityEvent,
  }),
);
export type ActivityEntry = Infer<typeof ActivityEntry>;
