import { moduleHash, type PreparedModule, prepareModule } from './prepare-module.ts';

/** Modules kept, at most. A test network has a few; each costs its size a few times over. */
const CAPACITY = 64;

/** Prepared modules by hash, so that installing the same module again costs only its hashing. */
export class ModuleCache {
  readonly #capacity: number;
  readonly #metered: boolean;
  readonly #modules = new Map<string, PreparedModule>();

  /**
   * @param capacity Modules kept at most; the least recently used is dropped first.
   * @param metered Whether modules are metered.
   */
  constructor(capacity = CAPACITY, metered = true) {
    this.#capacity = capacity;
    this.#metered = metered;
  }

  /** Number of modules kept. */
  get size(): number {
    return this.#modules.size;
  }

  /**
   * The prepared form of a module as sent.
   * @throws ModuleRefused as `prepareModule`. Refusals are not kept.
   */
  prepare(sent: Uint8Array): PreparedModule {
    const hash = moduleHash(sent);
    const key = Buffer.from(hash).toString('hex');
    const known = this.#modules.get(key);
    const prepared = known ?? prepareModule(sent, hash, this.#metered);
    this.#modules.delete(key);
    this.#modules.set(key, prepared);
    if (this.#modules.size > this.#capacity) {
      const oldest = this.#modules.keys().next().value;
      if (oldest !== undefined) this.#modules.delete(oldest);
    }
    return prepared;
  }
}
