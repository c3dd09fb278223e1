import { mkdirSync, realpathSync } from 'node:fs';

import { getRecord, Network, putRecord, type SavedNetwork } from '../replica/index.ts';
import { FILES, type StateFiles } from './files.ts';
import { FolderLock } from './folder-lock.ts';
import { type Checkpoint, StateStore } from './store.ts';

/** What is kept of a server's network. */
export interface KeptNetwork {
  readonly network: Network;
  /** Signed calls taken in, with their expiry in ns: they must not be executed again. */
  readonly accepted: readonly (readonly [id: string, expiry: bigint])[];
  /** Names given to canisters, by id in text. */
  readonly names: readonly (readonly [id: string, name: string])[];
}

/** The stored form of a {@link KeptNetwork}. */
type Root = Omit<KeptNetwork, 'network'> & { readonly network: SavedNetwork };

/** A folder that keeps one network. One server at a time may use it. */
export class StateFolder {
  readonly path: string;
  readonly #lock: FolderLock;
  readonly #store: StateStore;

  private constructor(path: string, lock: FolderLock, store: StateStore) {
    this.path = path;
    this.#lock = lock;
    this.#store = store;
  }

  /**
   * Opens a folder, which is made if it does not exist.
   * @throws StateError if another server uses it, or what is in it is damaged or of another version.
   */
  static open(path: string, files: StateFiles = FILES): StateFolder {
    mkdirSync(path, { recursive: true });
    const real = realpathSync(path);
    const lock = FolderLock.take(real);
    try {
      return new StateFolder(real, lock, new StateStore(real, files));
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#store.size;
  }

  /** The network as of the last checkpoint; null in a new folder. @throws StateError */
  load(): KeptNetwork | null {
    const { root } = this.#store;
    if (root === null) return null;
    try {
      const { network, ...beside } = getRecord<Root>(this.#store, root);
      return { network: Network.restore(network, this.#store), ...beside };
    } finally {
      this.#store.endReading();
    }
  }

  /** Makes a checkpoint. @throws StateError if it fails; the last one stands then. */
  save({ network, ...beside }: KeptNetwork): Checkpoint {
    return this.#store.checkpoint((sink) =>
      putRecord(sink, { network: network.save(sink), ...beside } satisfies Root),
    );
  }

  /** Lets other servers use the folder. */
  close(): void {
    this.#lock.release();
  }
}
