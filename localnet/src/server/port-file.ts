import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';

/** A file that tells clients on which port a server listens: `<port>\n`. */
export class PortFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * Writes the file whole, unless it exists. One that names a port where nobody listens is left
   * over from a killed server, and replaced.
   * @returns false if another server owns the file.
   */
  async claim(port: number): Promise<boolean> {
    const whole = `${this.path}.${randomUUID()}`;
    await writeFile(whole, `${port}\n`);
    try {
      if (await tryLink(whole, this.path)) return true;
      if (await this.#isServed()) return false;
      await rm(this.path, { force: true });
      return await tryLink(whole, this.path);
    } finally {
      await rm(whole, { force: true });
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }

  async #isServed(): Promise<boolean> {
    const port = Number.parseInt(await readFile(this.path, 'utf8').catch(() => ''), 10);
    if (Number.isNaN(port)) return false;
    return await fetch(`http://127.0.0.1:${port}/status`).then(
      (response) => response.ok,
      () => false,
    );
  }
}

/** Links, which unlike renaming fails if the name is taken. */
async function tryLink(existing: string, path: string): Promise<boolean> {
  try {
    await link(existing, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
