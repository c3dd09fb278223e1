import { prepay, refundUnused } from '../cycles/prepay.ts';
import { execute } from '../execution/execute.ts';
import { MANAGEMENT_ID } from '../ids.ts';
import type { Canister } from '../state/canister.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';
import { openContext, settle } from './settle.ts';

/** Runs what is due of a subnet's low-memory hooks, timers and heartbeats, each once a round. */
export function runTasks(world: World, subnet: Subnet): void {
  for (const canister of subnet.canisters) {
    if (canister.status.kind !== 'running' || canister.code === null) continue;
    const { entryPoints } = canister.code.heap.module;
    if (canister.lowMemory === 'due') runTask(world, canister, 'low_memory');
    const due = canister.globalTimer !== 0n && canister.globalTimer <= world.time;
    if (due && entryPoints.has('canister_global_timer')) runTask(world, canister, 'timer');
    if (entryPoints.has('canister_heartbeat')) runTask(world, canister, 'heartbeat');
  }
}

const ENTRY = {
  timer: 'canister_global_timer',
  heartbeat: 'canister_heartbeat',
  low_memory: 'canister_on_low_wasm_memory',
} as const;

function runTask(world: World, canister: Canister, kind: keyof typeof ENTRY): void {
  const limit = canister.subnet.limits.update;
  const prepaid = prepay(canister, limit, MANAGEMENT_ID);
  // A frozen canister's timer stays set and fires once it has cycles again.
  if ('refused' in prepaid) return;
  world.changes += 1;
  if (kind === 'timer') canister.globalTimer = 0n;
  if (kind === 'low_memory') canister.lowMemory = 'done';
  const origin = { kind: 'system' as const };
  const method = ENTRY[kind];
  const context = openContext(world, canister, {
    origin,
    method,
    caller: MANAGEMENT_ID,
    cycles: 0n,
    deadline: 0n,
  });
  // Nobody waits for an answer, and tasks cannot give one.
  context.responded = true;
  const arg = new Uint8Array(0);
  const input = { kind, method, caller: MANAGEMENT_ID, arg, limit, context };
  const executed = execute(world, canister, input, { name: method }, 'commit');
  refundUnused(prepaid, executed.instructions);
  settle(world, canister, context, executed);
}
