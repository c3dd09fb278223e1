import type { Outcome } from '../errors/rejection.ts';
import type { CallContext, Callback } from '../messaging/call-context.ts';
import type { Ingress, Request, Response } from '../messaging/message.ts';
import type { Change } from '../state/history.ts';
import type { LogRecord } from '../state/log.ts';
import type { Settings } from '../state/settings.ts';
import type { CallResult, SubnetSpec } from '../types.ts';
import type { Ref } from './chunks.ts';
import type { PageTable } from './page-table.ts';

/*
 * What a network is stored as: its state with ids in place of objects. These shapes are the format
 * of a state folder: a change of them needs another format number there.
 */

/** A whole network. */
export interface SavedNetwork {
  readonly specs: readonly SubnetSpec[];
  readonly seed: Uint8Array;
  readonly clock: bigint;
  readonly nonce: number;
  readonly time: bigint;
  readonly round: number;
  readonly lastId: number;
  /** In the order in which networks of these specs have them. */
  readonly subnets: readonly SavedSubnet[];
  /** {@link SavedCanister}s in the order of their creation. */
  readonly canisters: readonly Ref[];
  readonly bestEffort: readonly {
    readonly canister: Uint8Array;
    readonly callbackId: number;
    readonly deadline: bigint;
  }[];
  readonly pending: readonly { readonly id: string; readonly sender: Uint8Array }[];
  /** Lists of {@link SavedAnswer}, oldest first. */
  readonly finished: readonly Ref[];
}

/** A message from outside that was answered. */
export interface SavedAnswer {
  readonly id: string;
  readonly sender: Uint8Array;
  readonly result: CallResult;
}

/** A subnet, without its canisters. */
export interface SavedSubnet {
  readonly nextIndex: bigint;
  readonly chargedUntil: bigint;
  readonly randomness: number;
  readonly inbox: readonly SavedMessage[];
  readonly later: readonly SavedMessage[];
}

/** A call between canisters. Faults end with the process. */
export type SavedRequest = Omit<Request, 'sender' | 'fault'> & { readonly sender: Uint8Array };

/** Where an answer goes. */
export type SavedOrigin =
  | { readonly kind: 'ingress'; readonly id: string; readonly sender: Uint8Array }
  | { readonly kind: 'canister'; readonly request: SavedRequest }
  | { readonly kind: 'system' };

/** A message on its way. */
export type SavedMessage =
  | { readonly kind: 'ingress'; readonly ingress: Ingress }
  | { readonly kind: 'request'; readonly request: SavedRequest }
  | {
      readonly kind: 'response';
      readonly response: Omit<Response, 'receiver'> & { readonly receiver: Uint8Array };
    }
  | { readonly kind: 'raw-rand'; readonly origin: SavedOrigin; readonly refund: bigint }
  | {
      readonly kind: 'delayed';
      readonly rounds: number;
      readonly answer: {
        readonly request: SavedRequest;
        readonly outcome: Outcome;
        readonly refund: bigint;
      };
    };

/** A call that waits for a canister to stop. */
export interface SavedWaiter {
  readonly origin: SavedOrigin;
  readonly refund: bigint;
  readonly until: bigint;
}

/** Running, stopping or stopped. */
export type SavedStatus =
  | { readonly kind: 'running' | 'stopped' }
  | { readonly kind: 'stopping'; readonly waiters: readonly SavedWaiter[] };

/** A heap and the module it belongs to. */
export interface SavedHeap {
  /** The module as sent. */
  readonly module: Ref;
  /** Pieces of 4 KiB, those of zeros included. */
  readonly length: number;
  readonly pieces: PageTable;
  readonly globals: readonly unknown[];
}

/** A stable memory. */
export interface SavedStable {
  readonly pages: number;
  readonly pieces: PageTable;
}

/** A snapshot of a canister. */
export interface SavedSnapshot {
  readonly id: Uint8Array;
  readonly takenAt: bigint;
  readonly canisterVersion: bigint;
  readonly moduleSize: number;
  readonly heap: SavedHeap;
  readonly stable: SavedStable;
  readonly chunks: readonly Ref[];
  readonly certifiedData: Uint8Array;
  readonly globalTimer: bigint;
  readonly size: number;
}

/** A canister. */
export interface SavedCanister {
  readonly id: Uint8Array;
  /** Number of its subnet in the network. */
  readonly subnet: number;
  readonly status: SavedStatus;
  readonly code: {
    readonly moduleSize: number;
    /** A {@link SavedHeap}. */
    readonly heap: Ref;
  } | null;
  /** A {@link SavedStable}. */
  readonly stable: Ref;
  readonly certifiedData: Uint8Array;
  readonly globalTimer: bigint;
  readonly lowMemory: 'enough' | 'due' | 'done';
  readonly cycles: bigint;
  readonly controllers: readonly Uint8Array[];
  readonly settings: Settings;
  readonly version: bigint;
  readonly history: { readonly total: bigint; readonly changes: readonly Change[] };
  readonly chunks: readonly Ref[];
  /** {@link SavedSnapshot}s. */
  readonly snapshots: readonly Ref[];
  readonly nextSnapshot: bigint;
  readonly log: { readonly total: bigint; readonly records: readonly LogRecord[] };
  readonly contexts: readonly (Omit<CallContext, 'origin'> & { readonly origin: SavedOrigin })[];
  readonly callbacks: readonly (Omit<Callback, 'context'> & {
    /** Id of the call context; null where the code that made the call is gone. */
    readonly context: number | null;
  })[];
}
