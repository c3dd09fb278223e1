import { type Checkpoint, StateError, type StateFolder } from '../state-dir/index.ts';
import type { Instance } from './instance.ts';

/** Pause between checkpoints, in ms. */
const INTERVAL = 5_000;
/** At most one part in so many of the time goes into checkpoints. */
const SHARE = 10;

/** What became of the last checkpoint. */
export interface LastCheckpoint extends Checkpoint {
  /** When it was made, ms since the epoch; 0 if there was none yet. */
  readonly at: number;
  /** Why one after it failed; null if none did. */
  readonly failure: string | null;
}

/** Keeps a network in a folder: a checkpoint every few seconds in which something happened, and at the end. */
export class Keeper {
  readonly folder: StateFolder;
  readonly #instance: Instance;
  readonly #report: (line: string) => void;
  #last: LastCheckpoint = { at: 0, bytes: 0, milliseconds: 0, failure: null };
  #saved = -1;
  #timer: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;

  /** @param report Is told of checkpoints that fail. */
  constructor(folder: StateFolder, instance: Instance, report: (line: string) => void) {
    this.folder = folder;
    this.#instance = instance;
    this.#report = report;
    this.#schedule(INTERVAL);
  }

  get last(): LastCheckpoint {
    return this.#last;
  }

  /** Makes a checkpoint in the network's turn, if anything has happened. Never rejects. */
  async checkpoint(): Promise<void> {
    await this.#instance.run(() => {
      const { changes } = this.#instance.network;
      if (changes === this.#saved) return;
      if (this.#save()) this.#saved = changes;
    });
  }

  /** Makes a last checkpoint, and gives the folder free. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    await this.checkpoint();
    this.folder.close();
  }

  #save(): boolean {
    const { network, replays, names } = this.#instance;
    try {
      const kept = { network, accepted: replays.entries(), names: names.given() };
      this.#last = { ...this.folder.save(kept), at: Date.now(), failure: null };
      return true;
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      if (error.message !== this.#last.failure) {
        this.#report(`localnet: ${error.message}; the last checkpoint stands`);
      }
      this.#last = { ...this.#last, failure: error.message };
      return false;
    }
  }

  #schedule(pause: number): void {
    this.#timer = setTimeout(() => {
      void this.checkpoint().finally(() => {
        if (this.#closing) return;
        this.#schedule(Math.max(INTERVAL, SHARE * this.#last.milliseconds));
      });
    }, pause);
    this.#timer.unref();
  }
}
