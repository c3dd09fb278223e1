import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

import { type StateFiles, writeWhole } from './files.ts';
import { StateError } from './state-error.ts';

/** SHA-256, before each entry's bytes. */
const HASH = 32;
/** Hash and length (u32, little-endian). */
const HEAD = HASH + 4;
/** Bytes gathered before they are written. */
const BUFFER = 4 * 2 ** 20;

/** SHA-256 of stored bytes. */
export function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Appends entries to a new file: hash, length, bytes. */
export class PackWriter {
  readonly path: string;
  readonly #files: StateFiles;
  readonly #file: number;
  #gathered: Uint8Array[] = [];
  #waiting = 0;
  #length = 0;
  #open = true;

  constructor(files: StateFiles, path: string) {
    this.path = path;
    this.#files = files;
    this.#file = files.openSync(path, 'w');
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** Adds an entry. @returns where it begins. */
  add(hash: Uint8Array, bytes: Uint8Array): number {
    const start = this.#length;
    const head = Buffer.alloc(HEAD);
    head.set(hash);
    head.writeUInt32LE(bytes.length, HASH);
    this.#gathered.push(head, bytes);
    this.#length += HEAD + bytes.length;
    this.#waiting += HEAD + bytes.length;
    if (this.#waiting >= BUFFER) this.#flush();
    return start;
  }

  /** Has the disk confirm all of it. */
  finish(): void {
    this.#flush();
    this.#files.fsyncSync(this.#file);
    this.#close();
  }

  /** Removes what was written. */
  abandon(): void {
    try {
      this.#close();
    } finally {
      this.#files.rmSync(this.path, { force: true });
    }
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#files.closeSync(this.#file);
  }

  #flush(): void {
    const all = Buffer.concat(this.#gathered);
    this.#gathered = [];
    this.#waiting = 0;
    writeWhole(this.#files, this.#file, all);
  }
}

/** Reads entries of a file. */
export class PackReader {
  readonly #path: string;
  readonly #length: number;
  readonly #file: number;

  /** @param length Bytes that count. */
  constructor(path: string, length: number) {
    this.#path = path;
    this.#length = length;
    this.#file = openSync(path, 'r');
  }

  /** The entry that begins at `start`. @throws StateError if it is not what was written. */
  read(start: number): { readonly hash: Buffer; readonly bytes: Uint8Array } {
    const head = this.#bytes(start, HEAD);
    const hash = Buffer.from(head.subarray(0, HASH));
    const bytes = this.#bytes(start + HEAD, Buffer.from(head).readUInt32LE(HASH));
    if (!hashOf(bytes).equals(hash)) throw this.#damaged();
    return { hash, bytes };
  }

  close(): void {
    closeSync(this.#file);
  }

  #bytes(start: number, length: number): Uint8Array {
    if (start + length > this.#length) throw this.#damaged();
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const count = readSync(this.#file, bytes, done, length - done, start + done);
      if (count === 0) throw this.#damaged();
      done += count;
    }
    return bytes;
  }

  #damaged(): StateError {
    return new StateError(`${this.#path} is damaged`);
  }
}
