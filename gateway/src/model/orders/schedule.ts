/**
 * The open orders and when each is due, oldest first: pairs of order number and due second (since the epoch) in one
 * array of words. Native bulk operations only, but for {@link due}.
 */
export type Schedule = Uint32Array;

/** Due never: an administrator must decide first. */
export const NEVER = 0xffff_ffff;

/** The schedule with `number` due at `second`; added if it was not there. */
export function put(schedule: Schedule, number: number, second: number): Schedule {
  const at = find(schedule, number);
  const next = new Uint32Array(at === -1 ? schedule.length + 2 : schedule.length);
  next.set(schedule);
  next.set([number, second], at === -1 ? schedule.length : at);
  return next;
}

/** The schedule without `number`. */
export function drop(schedule: Schedule, number: number): Schedule {
  const at = find(schedule, number);
  if (at === -1) return schedule;
  const next = new Uint32Array(schedule.length - 2);
  next.set(schedule.subarray(0, at));
  next.set(schedule.subarray(at + 2), at);
  return next;
}

/**
 * What to work on at `second`: due orders that are not in hand already, oldest first, `limit` at most; and when the
 * next after them is due.
 */
export function due(
  schedule: Schedule,
  second: number,
  limit: number,
  inHand: (number: number) => boolean = () => false,
): { readonly numbers: readonly number[]; readonly next: number | null } {
  const numbers: number[] = [];
  let next = NEVER;
  for (let at = 0; at < schedule.length; at += 2) {
    const when = schedule[at + 1]!;
    if (when <= second && inHand(schedule[at]!)) continue;
    if (when <= second && numbers.length < limit) numbers.push(schedule[at]!);
    else if (when < next) next = when;
  }
  return { numbers, next: next === NEVER ? null : next };
}

/** How many open orders are due never. */
export function waiting(schedule: Schedule): number {
  return schedule.filter((when, at) => at % 2 === 1 && when === NEVER).length;
}

/** How many orders are open. */
export function size(schedule: Schedule): number {
  return schedule.length / 2;
}

/** The numbers of the oldest open orders, `limit` at most. */
export function oldest(schedule: Schedule, limit: number): readonly number[] {
  return [...schedule.subarray(0, 2 * limit)].filter((_, at) => at % 2 === 0);
}

function find(schedule: Schedule, number: number): number {
  let at = schedule.indexOf(number);
  // A due second may look like a number; numbers stand at even places.
  while (at % 2 === 1) at = schedule.indexOf(number, at + 1);
  return at;
}
