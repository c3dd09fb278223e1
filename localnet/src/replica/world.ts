import { ModuleCache } from '../wasm/index.ts';
import type { Environment } from './execution/environment.ts';
import { ExecutionLog } from './execution/execution-log.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { keyOf } from './ids.ts';
import type { Message } from './messaging/message.ts';
import { IngressTable } from './messaging/ingress-table.ts';
import type { Canister } from './state/canister.ts';
import { HeapPool } from './state/heap.ts';
import { type Running, systemImports } from './system-api/imports.ts';
import { contains } from './topology/ranges.ts';
import type { Subnet } from './topology/subnet.ts';

/** Makes a certificate of a canister's certified data, as `data_certificate` gives it to queries. */
export type Certify = (request: {
  readonly canisterId: Uint8Array;
  readonly certifiedData: Uint8Array;
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
}) => Uint8Array;

/** Is told what canisters print. */
export type Print = (canisterId: Uint8Array, line: Uint8Array) => void;

/** A best-effort call waiting for its answer. */
export interface Waiting {
  readonly canister: Canister;
  readonly callbackId: number;
  readonly deadline: bigint;
}

/** Instances kept alive at most; idle canisters beyond are packed away. */
const MAX_LIVE_INSTANCES = 256;

/** The state of a whole network, on which rounds, messages and management calls work. */
export class World implements Environment {
  readonly subnets: readonly Subnet[];
  readonly rootKey: Uint8Array;
  readonly canisters = new Map<string, Canister>();
  readonly modules: ModuleCache;
  readonly executions = new ExecutionLog();
  readonly faults = new FaultPlan();
  readonly ingress = new IngressTable();
  readonly running: Running = { current: null };
  readonly heaps = new HeapPool(systemImports(this.running), MAX_LIVE_INSTANCES);
  /** Canisters that are stopping. */
  readonly stopping = new Set<Canister>();
  bestEffort: Waiting[] = [];
  certify: Certify | null = null;
  onPrint: Print | null = null;

  /** Counts what may have changed the state: everything but the passing of time. */
  changes = 0;

  /** Time of the last round, ns since the epoch: what canisters see. */
  time: bigint;
  round = 0;
  /** The number that {@link nextId} gave last. */
  lastId = 0;

  constructor(subnets: readonly Subnet[], rootKey: Uint8Array, time: bigint, metered: boolean) {
    this.modules = new ModuleCache(undefined, metered);
    this.subnets = subnets;
    this.rootKey = rootKey;
    this.time = time;
  }

  /** A number that was never used before, for contexts, callbacks and ids. */
  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  canister(id: Uint8Array): Canister | null {
    return this.canisters.get(keyOf(id)) ?? null;
  }

  subnetOf(id: Uint8Array): Subnet | null {
    const exists = this.canister(id);
    if (exists) return exists.subnet;
    const hosts = (subnet: Subnet): boolean =>
      subnet.info.ranges.some((range) => contains(range, id));
    return this.subnets.find(hosts) ?? null;
  }

  certificate({ id, certifiedData }: Canister): Uint8Array | null {
    return this.certify?.({ canisterId: id, certifiedData, time: this.time }) ?? null;
  }

  print(canister: Canister, line: Uint8Array): void {
    canister.log.add(this.time, line);
    this.onPrint?.(canister.id, line);
  }

  /** Hands a message to a subnet: in this round if it comes from the same one, else in the next. */
  post(message: Message, from: Subnet, to: Subnet): void {
    if (from === to) to.inbox.push(message);
    else to.later.push(message);
  }
}
