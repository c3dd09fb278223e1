import { LIMITS } from './config/limits.ts';
import { NetworkError } from './errors/network-error.ts';
import type { ExecutionLog } from './execution/execution-log.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import { keyOf } from './ids.ts';
import { answerQuery } from './messaging/answer-query.ts';
import { defaultSubnet, managementTarget } from './messaging/route-ingress.ts';
import { runRound } from './messaging/round.ts';
import { messageId, submitIngress } from './messaging/submit-ingress.ts';
import {
  type ChunkSink,
  type ChunkSource,
  restoreWorld,
  type SavedNetwork,
  saveWorld,
} from './saving/index.ts';
import { type CanisterFacts, existingCanister, factsOf, installedCanister } from './state/facts.ts';
import { createSubnets } from './topology/create-subnets.ts';
import type {
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
  /**
   * False to count and limit no instructions, which shows what metering costs: an endless loop then never ends.
   * Default: true.
   */
  readonly metered?: boolean;
}

/**
 * An embedded Internet Computer: subnets, canisters, messages and time, in this process. It never
 * acts by itself: time stands still and nothing is executed except by its methods. The same calls
 * on the same seed give the same results.
 */
export class Network {
  readonly #world: World;
  readonly #specs: readonly SubnetSpec[];
  readonly #seed: Uint8Array;
  #clock: bigint;
  #nonce = 0;

  /**
   * @param saved What to start from instead of nothing; see {@link Network.restore}.
   * @throws NetworkError `InvalidArgument` for impossible sets of subnets.
   */
  constructor(
    { subnets, now = GENESIS, seed = new Uint8Array(32), metered = true }: NetworkOptions,
    saved?: { readonly network: SavedNetwork; readonly source: ChunkSource },
  ) {
    this.#specs = subnets;
    this.#seed = seed;
    const made = createSubnets(subnets, seed, now);
    const root = made.find(({ info }) => info.kind === 'NNS') ?? made[0]!;
    this.#world = new World(made, root.info.publicKey, now, metered);
    this.#clock = now;
    if (saved) {
      restoreWorld(saved.source, this.#world, saved.network);
      this.#nonce = saved.network.nonce;
    } else this.tick();
  }

  /**
   * Makes a saved network again: time stands where it stood, and what was under way goes on with the
   * next round. Faults are gone, and the executions of before are not listed.
   */
  static restore(network: SavedNetwork, source: ChunkSource): Network {
    const { specs: subnets, seed, clock: now } = network;
    return new Network({ subnets, seed, now }, { network, source });
  }

  /** Stores the network as it is between two rounds. Only what has changed is stored again. */
  save(sink: ChunkSink): SavedNetwork {
    return saveWorld(sink, this.#world, {
      specs: this.#specs,
      seed: this.#seed,
      clock: this.#clock,
      nonce: this.#nonce,
    });
  }

  /** A number that grows with whatever may change the state, apart from time and what it costs. */
  get changes(): number {
    return this.#world.changes;
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
    return submitIngress(this.#world, message, () => messageId(message, this.#nonce++));
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
  query(message: IngressMessage): CallResult {
    return answerQuery(this.#world, message);
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
    return factsOf(existingCanister(this.#world, id));
  }

  /** A canister's balance. @throws NetworkError `CanisterNotFound`. */
  cyclesBalance(id: Uint8Array): bigint {
    return existingCanister(this.#world, id).cycles;
  }

  /** Adds cycles and returns the new balance. @throws NetworkError `CanisterNotFound`. */
  addCycles(id: Uint8Array, amount: bigint): bigint {
    const canister = existingCanister(this.#world, id);
    this.#world.changes += 1;
    canister.cycles += amount;
    return canister.cycles;
  }

  /** The whole stable memory. @throws NetworkError `CanisterNotFound`, `CanisterIsEmpty`. */
  stableMemory(id: Uint8Array): Uint8Array {
    return installedCanister(this.#world, id).stable.toBytes();
  }

  /** Replaces the stable memory. @throws NetworkError `CanisterNotFound`, `CanisterIsEmpty`. */
  setStableMemory(id: Uint8Array, bytes: Uint8Array): void {
    this.#world.changes += 1;
    installedCanister(this.#world, id).stable.fromBytes(bytes);
  }
}
