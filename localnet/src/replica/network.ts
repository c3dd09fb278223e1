import { createHash } from 'node:crypto';

import { LIMITS } from './config/limits.ts';
import { NetworkError } from './errors/network-error.ts';
import { rejection, Refused, resultOf, type Rejection } from './errors/rejection.ts';
import { runQuery } from './execution/query.ts';
import type { ExecutionLog } from './execution/execution-log.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import { keyOf, textOf } from './ids.ts';
import { LATER } from './management/later.ts';
import { dispatch, managementMethod, refusalOf } from './management/manage.ts';
import { METHODS } from './management/methods.ts';
import { runRound } from './messaging/round.ts';
import { inspectIngress } from './messaging/inspect-ingress.ts';
import { defaultSubnet, managementTarget, routeIngress } from './messaging/route-ingress.ts';
import type { Canister } from './state/canister.ts';
import { createSubnets } from './topology/create-subnets.ts';
import type {
  CallError,
  CallResult,
  IngressMessage,
  IngressStatus,
  SubnetInfo,
  SubnetSpec,
  Submission,
} from './types.ts';
import { type Certify, type Print, World } from './world.ts';

/** PocketIC's genesis: 2021-05-06T19:17:10Z and one nanosecond. */
const GENESIS = 1_620_328_630_000_000_001n;

/** How a network starts. */
export interface NetworkOptions {
  readonly subnets: readonly SubnetSpec[];
  /** Nanoseconds since the epoch. Default: PocketIC's genesis time. */
  readonly now?: bigint;
  /** Everything random follows from it. Default: zeros. */
  readonly seed?: Uint8Array;
}

/** What the network can tell of a canister without asking it. */
export interface CanisterFacts {
  readonly controllers: readonly Uint8Array[];
  /** SHA-256 of the module as sent; null without code. */
  readonly moduleHash: Uint8Array | null;
  readonly certifiedData: Uint8Array;
  /** Custom sections `icp:public` and `icp:private`. */
  readonly metadata: ReadonlyMap<
    string,
    { readonly visibility: 'public' | 'private'; readonly content: Uint8Array }
  >;
  readonly version: bigint;
  readonly status: 'running' | 'stopping' | 'stopped';
}

/**
 * An embedded Internet Computer: subnets, canisters, messages and time, in this process. It never
 * acts by itself: time stands still and nothing is executed except by its methods. The same calls
 * on the same seed give the same results.
 */
export class Network {
  readonly #world: World;
  #clock: bigint;
  #nonce = 0;

  /** @throws NetworkError `InvalidArgument` for impossible sets of subnets. */
  constructor({ subnets, now = GENESIS, seed = new Uint8Array(32) }: NetworkOptions) {
    const made = createSubnets(subnets, seed, now);
    const root = made.find(({ info }) => info.kind === 'NNS') ?? made[0]!;
    this.#world = new World(made, root.info.publicKey, now);
    this.#clock = now;
    this.tick();
  }

  /** The subnets. */
  get topology(): readonly SubnetInfo[] {
    return this.#world.subnets.map(({ info }) => info);
  }

  /** DER key of the root subnet: the NNS if there is one, else the first. */
  get rootKey(): Uint8Array {
    return this.#world.rootKey;
  }

  /** Where canisters are created that name no subnet. */
  get defaultSubnet(): SubnetInfo {
    return defaultSubnet(this.#world).info;
  }

  /** Nanoseconds since the epoch. Canisters and queries see it from the next round on. */
  get now(): bigint {
    return this.#clock;
  }

  /** Sets the time, also back. Takes effect with the next round. */
  setTime(nanoseconds: bigint): void {
    this.#clock = nanoseconds;
  }

  /** The executions so far, with instructions and cycles: for tests and benchmarks. */
  get executions(): ExecutionLog {
    return this.#world.executions;
  }

  /** Faults to inject into calls between canisters. */
  get faults(): FaultPlan {
    return this.#world.faults;
  }

  /** Sets who signs `data_certificate`. Without it, queries find no certificate present. */
  setCertify(certify: Certify | null): void {
    this.#world.certify = certify;
  }

  /** Sets who is told what canisters print. */
  setPrint(print: Print | null): void {
    this.#world.onPrint = print;
  }

  /** Executes one round of all subnets. Time moves by a nanosecond unless it was set since the last. */
  tick(): void {
    if (this.#clock === this.#world.time) this.#clock += 1n;
    this.#world.time = this.#clock;
    runRound(this.#world);
  }

  /**
   * Takes in a message to be executed in the next round, after `inspect_message`.
   * @throws NetworkError if no subnet takes it, or it is too large.
   */
  submitIngress(message: IngressMessage): Submission {
    const subnet = routeIngress(this.#world, message);
    const refused = inspectIngress(this.#world, subnet, message);
    if (refused) return { accepted: false, error: resultOf({ rejection: refused }) as CallError };
    const { sender, canisterId, method, payload } = message;
    const id = message.id ?? this.#messageId(message);
    const key = keyOf(id);
    if (this.#world.ingress.get(key) === undefined) {
      this.#world.ingress.open(key, sender);
      const ingress = { id: key, sender, receiver: canisterId, method, payload };
      subnet.inbox.push({ kind: 'ingress', ingress });
    }
    return { accepted: true, id };
  }

  /** What has become of a message. */
  ingressStatus(id: Uint8Array): IngressStatus {
    return this.#world.ingress.get(keyOf(id))?.status ?? { state: 'unknown' };
  }

  /** Who sent a message; null if it is unknown. */
  ingressSender(id: Uint8Array): Uint8Array | null {
    return this.#world.ingress.get(keyOf(id))?.sender ?? null;
  }

  /** Settles when a submitted message is answered; never if its id is unknown. */
  whenAnswered(id: Uint8Array): Promise<CallResult> {
    return this.#world.ingress.whenFinished(keyOf(id));
  }

  /**
   * Submits a message and executes rounds until it is answered, letting other work of this process
   * happen between them.
   * @throws NetworkError `BadIngressMessage` if 100 rounds do not suffice; and as `submitIngress`.
   */
  async executeIngress(message: IngressMessage): Promise<CallResult> {
    const submission = this.submitIngress(message);
    if (!submission.accepted) return submission.error;
    return this.awaitIngress(submission.id);
  }

  /** Executes rounds until a submitted message is answered, as `executeIngress`. */
  async awaitIngress(id: Uint8Array): Promise<CallResult> {
    for (let round = 0; round < LIMITS.awaitedRounds; round += 1) {
      const status = this.ingressStatus(id);
      if (status.state === 'done') return status.result;
      if (round > 0) await new Promise((resolve) => setImmediate(resolve));
      this.tick();
    }
    const status = this.ingressStatus(id);
    if (status.state === 'done') return status.result;
    throw new NetworkError(
      'BadIngressMessage',
      `Failed to answer to ingress 0x${keyOf(id)} after ${LIMITS.awaitedRounds} rounds.`,
    );
  }

  /** Executes a query on the state and time of the last round. Nothing changes. */
  query({ sender, canisterId, method, payload }: IngressMessage): CallResult {
    if (canisterId.length === 0) return this.#managementQuery(sender, method, payload);
    const subnet = this.#world.subnetOf(canisterId);
    if (subnet === null) return notFound(canisterId);
    const budget = { remaining: subnet.limits.query };
    const query = { caller: sender, method, arg: payload, depth: 0, budget };
    return resultOf(runQuery(this.#world, canisterId, query));
  }

  /** Whether there is such a canister. */
  canisterExists(id: Uint8Array): boolean {
    return this.#world.canister(id) !== null;
  }

  /** The subnet that hosts a canister; null if there is no such canister. */
  subnetOf(id: Uint8Array): SubnetInfo | null {
    return this.#world.canister(id)?.subnet.info ?? null;
  }

  /** The subnet whose ranges a canister id lies in, whether or not the canister exists. */
  subnetHosting(id: Uint8Array): SubnetInfo | null {
    return this.#world.subnetOf(id)?.info ?? null;
  }

  /** The canister that a call to the management canister is about; null if its argument names none. */
  managedCanister(method: string, payload: Uint8Array): Uint8Array | null {
    return managementTarget({ method, payload });
  }

  /** All canisters of a subnet, or of all. */
  canisters(subnet?: Uint8Array): Uint8Array[] {
    const chosen = subnet && keyOf(subnet);
    const all = this.#world.subnets.filter(({ key }) => chosen === undefined || key === chosen);
    return all.flatMap(({ canisters }) => [...canisters].map(({ id }) => id));
  }

  /** @throws NetworkError `CanisterNotFound`. */
  canisterFacts(id: Uint8Array): CanisterFacts {
    const { controllers, code, certifiedData, version, status } = this.#existing(id);
    const module = code?.heap.module;
    return {
      controllers,
      moduleHash: module?.hash ?? null,
      certifiedData,
      metadata: module?.metadata ?? new Map(),
      version,
      status: status.kind,
    };
  }

  /** A canister's balance. @throws NetworkError `CanisterNotFound`. */
  cyclesBalance(id: Uint8Array): bigint {
    return this.#existing(id).cycles;
  }

  /** Adds cycles and returns the new balance. @throws NetworkError `CanisterNotFound`. */
  addCycles(id: Uint8Array, amount: bigint): bigint {
    const canister = this.#existing(id);
    canister.cycles += amount;
    return canister.cycles;
  }

  /** The whole stable memory. @throws NetworkError `CanisterNotFound`, `CanisterIsEmpty`. */
  stableMemory(id: Uint8Array): Uint8Array {
    return this.#installed(id).stable.toBytes();
  }

  /** Replaces the stable memory. @throws NetworkError `CanisterNotFound`, `CanisterIsEmpty`. */
  setStableMemory(id: Uint8Array, bytes: Uint8Array): void {
    this.#installed(id).stable.fromBytes(bytes);
  }

  #existing(id: Uint8Array): Canister {
    const canister = this.#world.canister(id);
    if (canister) return canister;
    throw new NetworkError('CanisterNotFound', `Canister ${textOf(id)} not found`);
  }

  #installed(id: Uint8Array): Canister {
    const canister = this.#existing(id);
    if (canister.code) return canister;
    throw new NetworkError('CanisterIsEmpty', `Canister ${textOf(id)} has no code`);
  }

  #managementQuery(caller: Uint8Array, method: string, payload: Uint8Array): CallResult {
    const origin = { kind: 'system' as const };
    const call = {
      origin,
      method,
      payload,
      caller,
      callerCanister: null,
      senderVersion: null,
      cycles: 0n,
    };
    try {
      if (!METHODS[managementMethod(method)].query) {
        throw new Refused('CanisterMethodNotFound', `Query method ${method} not found.`);
      }
      const reply = dispatch({ world: this.#world, subnet: defaultSubnet(this.#world), call });
      if (reply === LATER) throw new Error(`${method} gave no answer to a query`);
      return resultOf({ reply });
    } catch (error) {
      return failed(refusalOf(error));
    }
  }

  /** Equal messages have different ids: a counter is hashed with them. */
  #messageId({ sender, canisterId, method, payload }: IngressMessage): Uint8Array {
    const hash = createHash('sha256').update(`ingress/${this.#nonce++}/${method}/`);
    return new Uint8Array(hash.update(sender).update(canisterId).update(payload).digest());
  }
}

function failed(why: Rejection): CallResult {
  return resultOf({ rejection: why });
}

function notFound(id: Uint8Array): CallResult {
  return failed(rejection('CanisterNotFound', `Canister ${textOf(id)} not found`));
}
