import type { CallContext, Callback } from '../messaging/call-context.ts';
import type { StopWaiter } from '../messaging/stop-waiter.ts';
import type { Subnet } from '../topology/subnet.ts';
import { keyOf, textOf } from '../ids.ts';
import { ChunkStore } from './chunk-store.ts';
import type { Heap } from './heap.ts';
import { History } from './history.ts';
import { CanisterLog } from './log.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';
import { StableMemory } from './stable-memory.ts';

/** Running, stopping (with those who wait for the end of it), or stopped. */
export type Status =
  | { readonly kind: 'running' }
  | { readonly kind: 'stopping'; readonly waiters: StopWaiter[] }
  | { readonly kind: 'stopped' };

/** Installed code and its heap. */
export interface Code {
  readonly heap: Heap;
  /** Bytes of the module as sent. */
  readonly moduleSize: number;
}

/** Everything the network knows of one canister. */
export class Canister {
  readonly id: Uint8Array;
  readonly key: string;
  /** The id in text. */
  readonly text: string;
  readonly subnet: Subnet;

  status: Status = { kind: 'running' };
  code: Code | null = null;
  stable = new StableMemory();
  certifiedData: Uint8Array = new Uint8Array(0);
  /** Nanoseconds since the epoch; 0 when unset. */
  globalTimer = 0n;
  /** Whether the low-memory hook is not due, due, or done until there is room again. */
  lowMemory: 'enough' | 'due' | 'done' = 'enough';
  cycles: bigint;
  controllers: readonly Uint8Array[];
  settings: Settings = DEFAULT_SETTINGS;
  version = 0n;

  history = new History();
  chunks = new ChunkStore();
  readonly snapshots = new Map<string, Snapshot>();
  nextSnapshot = 0n;
  log = new CanisterLog();

  readonly contexts = new Map<number, CallContext>();
  readonly callbacks = new Map<number, Callback>();
  /** Calls without an answer yet, by callee. */
  readonly inFlight = new Map<string, number>();

  constructor(id: Uint8Array, subnet: Subnet, controllers: readonly Uint8Array[], cycles: bigint) {
    this.id = id;
    this.key = keyOf(id);
    this.text = textOf(id);
    this.subnet = subnet;
    this.controllers = controllers;
    this.cycles = cycles;
  }

  /** Whether a principal controls this canister. */
  isController(principal: Uint8Array): boolean {
    return this.controllers.some((controller) => Buffer.compare(controller, principal) === 0);
  }
}
