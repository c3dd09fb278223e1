import { c, type Infer } from '@fabrica/core/candid';

/** What was done in a contract: one row for each action that was ever done. */
export const Activity = c.named(
  'Activity',
  c.vec(
    c.record({
      action: c.text({ max: 100 }),
      count: c.nat64,
      lastBy: c.principal,
      /** Nanoseconds since the epoch. */
      lastAt: c.nat64,
    }),
    { max: 100 },
  ),
);
export type Activity = Infer<typeof Activity>;

/** The activity after somebody did something once more. */
export function withDeed(
  activity: Activity,
  action: string,
  lastBy: Uint8Array,
  lastAt: bigint,
): Activity {
  const count = countOf(activity, action) + 1n;
  const others = activity.filter((row) => row.action !== action);
  return [...others, { action, count, lastBy, lastAt }];
}

/** How often an action was done; how often anything was, if none is named. */
export function countOf(activity: Activity, action?: string): bigint {
  return activity
    .filter((row) => action === undefined || row.action === action)
    .reduce((sum, { count }) => sum + count, 0n);
}
