import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A server that a person has started. */
export interface RunningNetwork {
  readonly pid: number;
  readonly url: string;
}

/** Files by which `status`, `stop` and `top` find the servers that `start` has started: one each, by port. */
export class RunFiles {
  readonly #folder: string;

  /** @param folder Default: one of the user's own among the temporary files. */
  constructor(folder = join(tmpdir(), `localnet-${userInfo().username}`)) {
    this.#folder = folder;
  }

  /** Writes a server's file. @returns what removes it. */
  add(port: number, server: RunningNetwork): () => void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#path(port);
    writeFileSync(`${path}.new`, JSON.stringify(server));
    renameSync(`${path}.new`, path);
    return () => {
      rmSync(path, { force: true });
    };
  }

  /** All files, those of servers that were killed included, by port. */
  list(): ReadonlyMap<number, RunningNetwork> {
    const found = new Map<number, RunningNetwork>();
    for (const name of this.#names()) {
      const [, port] = /^(\d+)\.json$/.exec(name) ?? [];
      const server = port && this.#read(name);
      if (server) found.set(Number(port), server);
    }
    return found;
  }

  /** Removes the file of a server that is gone. */
  remove(port: number): void {
    rmSync(this.#path(port), { force: true });
  }

  #path(port: number): string {
    return join(this.#folder, `${port}.json`);
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** A file may go, or be another program's. */
  #read(name: string): RunningNetwork | null {
    try {
      const value = JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as RunningNetwork;
      return typeof value.pid === 'number' && typeof value.url === 'string' ? value : null;
    } catch {
      return null;
    }
  }
}
