import type { Canister, Status } from '../state/canister.ts';
import { type ChunkSink, putRecord, type Ref } from './chunks.ts';
import { saveChunks, saveHeap, saveSnapshot, saveStable } from './memories.ts';
import { saveOrigin } from './messages.ts';
import type { SavedCanister, SavedStatus } from './saved.ts';

/**
 * Stores a canister.
 * @param subnet Number of its subnet.
 */
export function saveCanister(sink: ChunkSink, canister: Canister, subnet: number): Ref {
  const { code, history, log } = canister;
  const { id, certifiedData, globalTimer, lowMemory, cycles, version, nextSnapshot } = canister;
  const { controllers, settings } = canister;
  return putRecord(sink, {
    id,
    subnet,
    status: saveStatus(canister.status),
    code: code && { moduleSize: code.moduleSize, heap: saveHeap(sink, code.heap) },
    stable: saveStable(sink, canister.stable),
    certifiedData,
    globalTimer,
    lowMemory,
    cycles,
    controllers,
    settings,
    version,
    history: { total: history.total, changes: history.latest(Infinity) },
    chunks: saveChunks(sink, canister.chunks),
    snapshots: [...canister.snapshots.values()].map((snapshot) => saveSnapshot(sink, snapshot)),
    nextSnapshot,
    log: { total: log.total, records: log.records },
    contexts: [...canister.contexts.values()].map((context) => ({
      ...context,
      origin: saveOrigin(context.origin),
    })),
    callbacks: [...canister.callbacks.values()].map((callback) => ({
      ...callback,
      context: callback.context?.id ?? null,
    })),
  } satisfies SavedCanister);
}

function saveStatus(status: Status): SavedStatus {
  if (status.kind !== 'stopping') return status;
  const waiters = status.waiters.map((waiter) => ({
    ...waiter,
    origin: saveOrigin(waiter.origin),
  }));
  return { kind: 'stopping', waiters };
}
