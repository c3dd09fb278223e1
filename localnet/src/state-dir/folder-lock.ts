import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { StateError } from './state-error.ts';

/** Who holds a lock: a process id may be given again, its start time tells which process it was. */
interface Holder {
  readonly pid: number;
  /** Clock ticks after boot; null where the system does not tell. */
  readonly started: string | null;
}

/** Keeps a second server out of a folder. What a killed one left is taken over. */
export class FolderLock {
  readonly #path: string;
  readonly #content: string;

  private constructor(path: string, content: string) {
    this.#path = path;
    this.#content = content;
  }

  /** @throws StateError if a living process holds the folder. */
  static take(folder: string): FolderLock {
    const path = join(folder, 'lock');
    const content = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
    const whole = `${path}.${randomUUID()}`;
    writeFileSync(whole, content);
    try {
      while (!tryLink(whole, path)) removeDead(folder, path);
    } finally {
      rmSync(whole, { force: true });
    }
    return new FolderLock(path, content);
  }

  /** Lets others in. */
  release(): void {
    if (readHolder(this.#path) === this.#content) rmSync(this.#path, { force: true });
  }
}

/** Removes a lock whose holder is gone. @throws StateError if it lives. */
function removeDead(folder: string, path: string): void {
  const found = readHolder(path);
  if (found === null) return;
  const holder = parse(found);
  if (holder && lives(holder)) {
    throw new StateError(`${folder} is in use by process ${holder.pid}`);
  }
  // Moved before it is removed: somebody else may have replaced it since it was read.
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readHolder(aside) !== found) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function readHolder(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parse(content: string): Holder | null {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return null;
  }
}

function lives({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and is another user's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === null || startOf(pid) === started;
}

/** When a process started, from Linux's /proc: the 22nd field, the 20th after the name. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Links, which unlike renaming fails if the name is taken. */
function tryLink(existing: string, path: string): boolean {
  try {
    linkSync(existing, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
