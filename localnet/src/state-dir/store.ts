import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { ChunkSink, ChunkSource, Ref } from '../replica/index.ts';
import { Draft, PACK_SPAN } from './draft.ts';
import { FILES, type StateFiles, syncFolder } from './files.ts';
import { KnownChunks } from './known-chunks.ts';
import { type Manifest, type Pack, readManifest, writeManifest } from './manifest.ts';
import { PackReader, PackWriter } from './pack.ts';
import { StateError } from './state-error.ts';

/** Garbage that is always tolerated, in bytes. */
const SLACK = 64 * 2 ** 20;
/** Packs, at most. */
const MOST_PACKS = 500;

/** What a checkpoint came to. */
export interface Checkpoint {
  /** Bytes written. */
  readonly bytes: number;
  readonly milliseconds: number;
}

/**
 * Byte strings in a folder. A checkpoint appends a new pack with what is not stored yet, has the disk
 * confirm it, then swaps the manifest: until that one step the last checkpoint stands, and nothing of it
 * is ever written over. When garbage outweighs what is alive, a checkpoint writes everything into a new
 * pack, and the old ones are removed.
 */
export class StateStore implements ChunkSource {
  readonly folder: string;
  readonly #files: StateFiles;
  readonly #slack: number;
  #manifest: Manifest | null;
  #known = new KnownChunks();
  readonly #read = new Map<Ref, Uint8Array>();
  readonly #readers = new Map<number, PackReader>();
  /** After a compaction that failed: the garbage from which it is tried again. */
  #patience = 0;

  /**
   * @param slack Garbage that is always tolerated, in bytes.
   * @throws StateError if the folder is damaged, or of another version.
   */
  constructor(folder: string, files: StateFiles = FILES, slack = SLACK) {
    this.folder = folder;
    this.#files = files;
    this.#slack = slack;
    this.#manifest = readManifest(folder);
    for (const { number, bytes } of this.#manifest?.packs ?? []) {
      const path = this.#path(number);
      if (existsSync(path) && statSync(path).size >= bytes) continue;
      throw new StateError(`${path} is missing or truncated`);
    }
    this.#removeStrays();
  }

  /** What the last checkpoint is found by; null in a new folder. */
  get root(): Ref | null {
    return this.#manifest?.root ?? null;
  }

  /** All bytes stored. */
  get size(): number {
    return (this.#manifest?.packs ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get(ref: Ref): Uint8Array {
    const known = this.#read.get(ref);
    if (known) return known;
    const number = Math.floor(ref / PACK_SPAN);
    const { hash, bytes } = this.#reader(number).read(ref % PACK_SPAN);
    this.#read.set(ref, bytes);
    this.#known.addArray(bytes, ref);
    this.#known.addContent(hash.toString('latin1'), ref);
    return bytes;
  }

  /** Ends reading: what was read is not kept for the sake of reading it again. */
  endReading(): void {
    this.#read.clear();
    for (const reader of this.#readers.values()) reader.close();
    this.#readers.clear();
  }

  /**
   * Makes a checkpoint.
   * @param save Stores the state, and gives what it is found by.
   * @throws StateError if it could not be written, as on a full disk: then the last one stands.
   */
  checkpoint(save: (sink: ChunkSink) => Ref): Checkpoint {
    const started = performance.now();
    const anew = this.#worthCompacting();
    const old = this.#manifest?.packs ?? [];
    const number = firstFree(old);
    const known = anew ? new KnownChunks() : this.#known;
    try {
      const pack = new PackWriter(this.#files, this.#path(number));
      const draft = new Draft(pack, number, known);
      this.#write(pack, () => save(draft), number, anew);
      draft.teach(known);
      this.#known = known;
      syncFolder(this.#files, this.folder);
      if (anew) this.#removeStrays();
      return { bytes: pack.length, milliseconds: performance.now() - started };
    } catch (cause) {
      if (anew) this.#patience = 2 * this.#garbage();
      if (!isSystemError(cause)) throw cause;
      throw new StateError(`could not write to ${this.folder}: ${cause.message}`, { cause });
    }
  }

  #write(pack: PackWriter, save: () => Ref, number: number, anew: boolean): void {
    let manifest: Manifest;
    try {
      const root = save();
      pack.finish();
      const { packs, whole } = this.#manifest ?? { packs: [], whole: 0 };
      const added = { number, bytes: pack.length };
      manifest = anew
        ? { root, packs: [added], whole: pack.length }
        : { root, packs: [...packs, added], whole };
      writeManifest(this.#files, this.folder, manifest);
    } catch (error) {
      this.#tryTo(() => pack.abandon());
      throw error;
    }
    this.#manifest = manifest;
  }

  /** Does what helps on, but must not hide why something else failed. */
  #tryTo(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }

  #garbage(): number {
    return this.size - (this.#manifest?.whole ?? 0);
  }

  #worthCompacting(): boolean {
    if (this.#manifest === null) return true;
    const { whole, packs } = this.#manifest;
    const most = Math.max(whole + this.#slack, this.#patience);
    return this.#garbage() > most || packs.length >= MOST_PACKS;
  }

  /** Removes packs that no manifest names: of checkpoints that were cut off, or of before a compaction. */
  #removeStrays(): void {
    const named = new Set(this.#manifest?.packs.map(({ number }) => this.#path(number)));
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      if (!/^pack-\d+\.bin$/.test(name) || named.has(path)) continue;
      this.#tryTo(() => this.#files.rmSync(path, { force: true }));
    }
  }

  #reader(number: number): PackReader {
    const open = this.#readers.get(number);
    if (open) return open;
    const pack = this.#manifest?.packs.find((candidate) => candidate.number === number);
    if (!pack) throw new StateError(`${this.folder} refers to a pack that is not there`);
    const reader = new PackReader(this.#path(number), pack.bytes);
    this.#readers.set(number, reader);
    return reader;
  }

  #path(number: number): string {
    return join(this.folder, `pack-${number}.bin`);
  }
}

function firstFree(packs: readonly Pack[]): number {
  const used = new Set(packs.map(({ number }) => number));
  let number = 1;
  while (used.has(number)) number += 1;
  return number;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
