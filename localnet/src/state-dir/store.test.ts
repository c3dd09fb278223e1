import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { StateFiles } from './files.ts';
import { StateError } from './state-error.ts';
import { StateStore } from './store.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('a state store', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'localnet-state-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('keeps what a checkpoint stored, and finds it by its root', () => {
    const store = new StateStore(folder);
    expect(store.root).toBeNull();
    store.checkpoint((sink) => sink.put(text('one')));
    store.checkpoint((sink) => sink.put(text('two')));
    expect(contentOf(new StateStore(folder))).toBe('two');
  });

  it('writes equal contents once, also after it was opened again', () => {
    const page = new Uint8Array(100_000).fill(7);
    const first = new StateStore(folder);
    first.checkpoint((sink) => (sink.put(page), sink.put(page.slice())));
    expect(first.size).toBeLessThan(101_000);
    const again = new StateStore(folder);
    again.get(again.root!);
    expect(again.checkpoint((sink) => sink.put(page.slice())).bytes).toBe(0);
  });

  it('asks nobody again whose revision is the same', () => {
    const store = new StateStore(folder);
    const owner = {};
    let asked = 0;
    const save = (revision: number): void => {
      store.checkpoint((sink) => sink.once(owner, revision, () => (asked++, sink.put(text('x')))));
    };
    for (const revision of [1, 1, 2, 2]) save(revision);
    expect(asked).toBe(2);
  });

  it('stands as of its last checkpoint at whatever step the disk fails, and goes on after it', () => {
    const outcomes = new Set<string>();
    for (let step = 1; ; step += 1) {
      const failing = new FailingFiles();
      const store = new StateStore(folder, failing.files);
      store.checkpoint((sink) => sink.put(text(`before ${step}`)));
      failing.failAt(step);
      const after = text(`after ${step}`);
      let failed = false;
      try {
        store.checkpoint((sink) => sink.put(after));
      } catch (error) {
        expect(error).toBeInstanceOf(StateError);
        expect((error as StateError).message).toContain('ENOSPC');
        failed = true;
      }
      failing.failAt(0);
      const stands = contentOf(new StateStore(folder));
      expect([`before ${step}`, `after ${step}`]).toContain(stands);
      outcomes.add(stands.split(' ')[0]!);
      store.checkpoint((sink) => sink.put(text(`later ${step}`)));
      expect(contentOf(new StateStore(folder))).toBe(`later ${step}`);
      if (!failed) break;
    }
    expect(outcomes).toEqual(new Set(['before', 'after']));
  });

  it('removes garbage once it outweighs what is alive, and also then loses nothing to a failing disk', () => {
    const failing = new FailingFiles();
    const store = new StateStore(folder, failing.files, 10_000);
    const kept = crypto.getRandomValues(new Uint8Array(5_000));
    let most = 0;
    for (let round = 0; round < 40; round += 1) {
      const fresh = crypto.getRandomValues(new Uint8Array(5_000));
      failing.failAt(round % 7 === 6 ? (round % 5) + 1 : 0);
      try {
        store.checkpoint((sink) => (sink.put(fresh), sink.put(kept)));
      } catch (error) {
        expect(error).toBeInstanceOf(StateError);
      }
      failing.failAt(0);
      const opened = new StateStore(folder);
      expect(Buffer.compare(opened.get(opened.root!), kept)).toBe(0);
      most = Math.max(most, store.size);
    }
    expect(most).toBeLessThan(60_000);
    const named = readdirSync(folder).filter((name) => name.startsWith('pack-'));
    expect(named.length).toBeLessThan(12);
  });

  it('removes what a checkpoint left behind that was cut off', () => {
    new StateStore(folder).checkpoint((sink) => sink.put(text('kept')));
    writeFileSync(join(folder, 'pack-9.bin'), 'half a pa');
    expect(contentOf(new StateStore(folder))).toBe('kept');
    expect(readdirSync(folder)).not.toContain('pack-9.bin');
  });

  it('says so when a file is damaged, truncated, missing or of another format', () => {
    new StateStore(folder).checkpoint((sink) => sink.put(text('content')));
    const pack = join(folder, 'pack-1.bin');
    const manifest = join(folder, 'manifest.json');
    const [packed, named] = [readFileSync(pack), readFileSync(manifest, 'utf8')];

    const flipped = Buffer.from(packed);
    flipped[flipped.length - 1]! ^= 1;
    writeFileSync(pack, flipped);
    expect(() => contentOf(new StateStore(folder))).toThrow(StateError);
    writeFileSync(pack, packed.subarray(0, -1));
    expect(() => new StateStore(folder)).toThrow(/missing or truncated/);
    rmSync(pack);
    expect(() => new StateStore(folder)).toThrow(/missing or truncated/);
    writeFileSync(pack, packed);
    writeFileSync(manifest, named.replace('"whole":', '"whole":1'));
    expect(() => new StateStore(folder)).toThrow(/damaged/);
    writeFileSync(manifest, named.slice(0, 20));
    expect(() => new StateStore(folder)).toThrow(/damaged/);
    writeFileSync(manifest, named.replace('"format":1', '"format":99'));
    expect(() => new StateStore(folder)).toThrow(/format 99/);
  });
});

function contentOf(store: StateStore): string {
  return new TextDecoder().decode(store.get(store.root!));
}

/** A disk that is full from its n-th operation on. */
class FailingFiles {
  #countdown = 0;

  /** @param step 1 for the next operation; 0 for never. */
  failAt(step: number): void {
    this.#countdown = step;
  }

  readonly files: StateFiles = {
    openSync: this.#guarded(fs.openSync),
    writeSync: this.#guarded(fs.writeSync as () => number) as typeof fs.writeSync,
    fsyncSync: this.#guarded(fs.fsyncSync),
    closeSync: fs.closeSync,
    renameSync: this.#guarded(fs.renameSync),
    rmSync: fs.rmSync,
  };

  #guarded<Args extends unknown[], Result>(
    run: (...args: Args) => Result,
  ): (...args: Args) => Result {
    return (...args) => {
      if (this.#countdown > 0) this.#countdown -= 1;
      else return run(...args);
      if (this.#countdown > 0) return run(...args);
      this.#countdown = 1;
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
        code: 'ENOSPC',
        syscall: 'write',
      });
    };
  }
}
