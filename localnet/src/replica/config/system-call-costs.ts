/** Instructions charged per system call, before 1 per byte copied (replica's `system_api_complexity`). */
const COSTS: Readonly<Record<string, number>> = {
  call_new: 1_500,
  call_perform: 5_000,
  is_controller: 1_000,
  performance_counter: 200,
  debug_print: 100,
  stable_size: 20,
  stable_read: 20,
  stable_write: 20,
  stable_grow: 100,
  stable64_size: 20,
  stable64_read: 20,
  stable64_write: 20,
  stable64_grow: 100,
};

const DEFAULT_COST = 500;

/** Added for each 4 KiB page of stable memory that a message writes first. */
export const DIRTY_STABLE_PAGE_COST = 1_000;

/** Base cost of a system call. */
export function systemCallCost(name: string): number {
  return COSTS[name] ?? DEFAULT_COST;
}
