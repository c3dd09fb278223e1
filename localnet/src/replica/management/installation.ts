import type { PreparedModule } from '../../wasm/index.ts';
import { trapOf } from '../errors/trap.ts';
import { codeOf, execute } from '../execution/execute.ts';
import type { ExecutionKind } from '../execution/kinds.ts';
import type { Canister, Code } from '../state/canister.ts';
import { Heap } from '../state/heap.ts';
import type { HeapImage } from '../state/heap-image.ts';
import { EMPTY_STABLE } from '../state/stable-memory.ts';
import type { World } from '../world.ts';

/** How an upgrade treats what is there. */
interface UpgradeOptions {
  readonly skipPreUpgrade: boolean;
  readonly keepHeap: boolean;
}

/** Changing a canister's code, with everything needed to put it back. */
export class Installation {
  readonly #world: World;
  readonly #canister: Canister;
  readonly #limit: number;
  readonly #caller: Uint8Array;
  readonly #old: Code | null;
  readonly #restore: () => void;
  #used = 0;

  constructor(world: World, canister: Canister, limit: number, caller: Uint8Array) {
    this.#world = world;
    this.#canister = canister;
    this.#limit = limit;
    this.#caller = caller;
    this.#old = canister.code;
    this.#restore = restorer(canister);
  }

  /** Instructions executed so far. */
  get instructions(): number {
    return this.#used;
  }

  /** Installs on an empty canister, or over what is there. Throws a `Trap`. */
  fresh(module: PreparedModule, moduleSize: number, arg: Uint8Array): void {
    this.#canister.stable.restore(EMPTY_STABLE);
    this.#canister.certifiedData = new Uint8Array(0);
    this.#replace(module, moduleSize, null);
    this.#start(module);
    this.#enter('init', 'canister_init', arg);
  }

  /** Upgrades: old code's hook, new code, its hook. Throws a `Trap`. */
  upgrade(
    module: PreparedModule,
    moduleSize: number,
    arg: Uint8Array,
    { skipPreUpgrade, keepHeap }: UpgradeOptions,
  ): void {
    const old = codeOf(this.#canister);
    if (!skipPreUpgrade) this.#enter('pre_upgrade', 'canister_pre_upgrade', new Uint8Array(0));
    this.#replace(module, moduleSize, keepHeap ? old.heap.image().bytes : null);
    this.#start(module);
    this.#enter('post_upgrade', 'canister_post_upgrade', arg);
  }

  /** Frees what was replaced. */
  finish(): void {
    if (this.#old !== this.#canister.code) this.#old?.heap.discard();
  }

  /** Puts everything back, apart from cycles. */
  undo(): void {
    this.#restore();
  }

  #replace(module: PreparedModule, moduleSize: number, kept: Uint8Array | null): void {
    const canister = this.#canister;
    let heap: Heap;
    try {
      heap = Heap.fresh(this.#world.heaps, module);
    } catch (error) {
      throw trapOf(error);
    }
    if (kept !== null) heap.load(keptHeap(heap, kept));
    canister.code = { heap, moduleSize };
    canister.globalTimer = 0n;
    canister.version += 1n;
  }

  #start({ names }: PreparedModule): void {
    if (names.start !== null) this.#run('start', names.start, new Uint8Array(0));
  }

  #enter(kind: ExecutionKind, name: EntryName, arg: Uint8Array): void {
    if (codeOf(this.#canister).heap.module.entryPoints.has(name)) this.#run(kind, name, arg);
  }

  #run(kind: ExecutionKind, name: string, arg: Uint8Array): void {
    const limit = this.#limit - this.#used;
    const input = { kind, method: name, caller: this.#caller, arg, limit, context: null };
    const { trap, instructions } = execute(this.#world, this.#canister, input, { name }, 'commit');
    this.#used += instructions;
    if (trap !== null) throw trap;
  }
}

type EntryName = 'canister_init' | 'canister_pre_upgrade' | 'canister_post_upgrade';

/** The old heap under the new module's globals; no smaller than the new module wants it. */
function keptHeap(fresh: Heap, bytes: Uint8Array): HeapImage {
  const instance = fresh.instance();
  const larger = new Uint8Array(Math.max(bytes.length, instance.heap.length));
  larger.set(bytes);
  return { bytes: larger, globals: instance.saveGlobals() };
}

/** A function that makes the canister what it is now. */
function restorer(canister: Canister): () => void {
  const { code, certifiedData, globalTimer, version } = canister;
  const heap = code?.heap.image() ?? null;
  const stable = canister.stable.image();
  return () => {
    if (canister.code !== code) canister.code?.heap.discard();
    canister.code = code;
    if (code !== null && heap !== null) code.heap.load(heap);
    canister.stable.restore(stable);
    canister.certifiedData = certifiedData;
    canister.globalTimer = globalTimer;
    canister.version = version;
  };
}
