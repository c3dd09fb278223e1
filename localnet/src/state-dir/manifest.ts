import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Ref } from '../replica/index.ts';
import { type StateFiles, syncFolder, writeWhole } from './files.ts';
import { StateError } from './state-error.ts';

/** Changes with the shapes in replica/saving/saved.ts and the layout of packs. */
const FORMAT = 1;
const NAME = 'manifest.json';

/** A file of stored byte strings. */
export interface Pack {
  readonly number: number;
  /** Its length, up to the last byte that counts. */
  readonly bytes: number;
}

/** What a state folder holds as of its last checkpoint. */
export interface Manifest {
  readonly root: Ref;
  readonly packs: readonly Pack[];
  /** Bytes of the last checkpoint that stored everything. */
  readonly whole: number;
}

/** Reads the manifest; null if there is none. @throws StateError */
export function readManifest(folder: string): Manifest | null {
  let text: string;
  try {
    text = readFileSync(join(folder, NAME), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const { format, checksum, manifest } = parse(folder, text);
  if (format !== FORMAT) {
    throw new StateError(
      `${folder} was written in format ${String(format)}; this localnet reads format ${FORMAT}`,
    );
  }
  if (checksum !== checksumOf(manifest)) throw damaged(folder);
  return manifest;
}

/**
 * Puts a manifest in the place of the last one, in one step that happens or does not. The disk has
 * it for sure once the folder is synced.
 */
export function writeManifest(files: StateFiles, folder: string, manifest: Manifest): void {
  const path = join(folder, NAME);
  const text = JSON.stringify({ format: FORMAT, checksum: checksumOf(manifest), manifest });
  const file = files.openSync(`${path}.new`, 'w');
  try {
    writeWhole(files, file, Buffer.from(`${text}\n`));
    files.fsyncSync(file);
  } finally {
    files.closeSync(file);
  }
  // What the manifest names must be found, whatever happens from here on.
  syncFolder(files, folder);
  files.renameSync(`${path}.new`, path);
}

interface Written {
  readonly format: unknown;
  readonly checksum: unknown;
  readonly manifest: Manifest;
}

function parse(folder: string, text: string): Written {
  try {
    return JSON.parse(text) as Written;
  } catch {
    throw damaged(folder);
  }
}

function checksumOf(manifest: Manifest): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

function damaged(folder: string): StateError {
  return new StateError(`${join(folder, NAME)} is damaged`);
}
