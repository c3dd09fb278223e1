import { keyOf } from '../ids.ts';
import { Canister } from '../state/canister.ts';
import { ChunkStore } from '../state/chunk-store.ts';
import { History } from '../state/history.ts';
import { CanisterLog } from '../state/log.ts';
import type { World } from '../world.ts';
import type { ChunkSource, Ref } from './chunks.ts';
import type { MemoryRestorer } from './memories.ts';
import type { MessageRestorer } from './messages.ts';
import type { SavedCanister } from './saved.ts';

/** Puts a canister into its network, all but its calls: {@link restoreCalls}. */
export function restoreCanister(
  world: World,
  source: ChunkSource,
  memories: MemoryRestorer,
  saved: SavedCanister,
): void {
  const fill = (refs: readonly Ref[]): ChunkStore => {
    const chunks = new ChunkStore();
    for (const ref of refs) chunks.add(source.get(ref));
    return chunks;
  };
  const subnet = world.subnets[saved.subnet]!;
  const canister = new Canister(saved.id, subnet, saved.controllers, saved.cycles);
  if (saved.code) {
    const { moduleSize, heap } = saved.code;
    canister.code = { moduleSize, heap: memories.heap(heap) };
  }
  canister.stable.restore(memories.stable(saved.stable));
  canister.certifiedData = saved.certifiedData;
  canister.globalTimer = saved.globalTimer;
  canister.lowMemory = saved.lowMemory;
  canister.settings = saved.settings;
  canister.version = saved.version;
  canister.history = History.of(saved.history.total, saved.history.changes);
  canister.chunks = fill(saved.chunks);
  for (const ref of saved.snapshots) {
    const snapshot = memories.snapshot(ref, fill);
    canister.snapshots.set(keyOf(snapshot.id), snapshot);
  }
  canister.nextSnapshot = saved.nextSnapshot;
  canister.log = CanisterLog.of(saved.log.total, saved.log.records);
  world.canisters.set(canister.key, canister);
  subnet.canisters.add(canister);
}

/** Puts a canister's open calls back, once all canisters are there. */
export function restoreCalls(
  world: World,
  messages: MessageRestorer,
  { id, status, contexts, callbacks }: SavedCanister,
): void {
  const canister = messages.canister(id);
  for (const context of contexts) {
    const origin = messages.origin(context.origin);
    canister.contexts.set(context.id, { ...context, origin });
  }
  for (const saved of callbacks) {
    const context = saved.context === null ? null : (canister.contexts.get(saved.context) ?? null);
    canister.callbacks.set(saved.id, { ...saved, context });
    const waiting = canister.inFlight.get(saved.calleeKey) ?? 0;
    canister.inFlight.set(saved.calleeKey, waiting + 1);
  }
  if (status.kind !== 'stopping') {
    canister.status = { kind: status.kind };
    return;
  }
  const waiters = status.waiters.map((waiter) => ({
    ...waiter,
    origin: messages.origin(waiter.origin),
  }));
  canister.status = { kind: 'stopping', waiters };
  world.stopping.add(canister);
}
