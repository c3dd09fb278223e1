import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { PortFile } from './port-file.ts';

describe('port file', () => {
  let folder: string;
  let file: PortFile;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localnet-'));
    file = new PortFile(join(folder, 'p.port'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('names the port, until removed', async () => {
    expect(await file.claim(1234)).toBe(true);
    expect(await readFile(file.path, 'utf8')).toBe('1234\n');
    await file.remove();
    await expect(readFile(file.path)).rejects.toThrow();
  });

  it('is left to the server that owns it', async () => {
    const owner = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => owner.once('listening', resolve));
    const text = `${(owner.address() as AddressInfo).port}\n`;
    await writeFile(file.path, text);
    expect(await file.claim(1)).toBe(false);
    expect(await readFile(file.path, 'utf8')).toBe(text);
    owner.close();
    owner.closeAllConnections();
  });

  it('is taken over from a server that was killed', async () => {
    await writeFile(file.path, '1\n');
    expect(await file.claim(1234)).toBe(true);
    expect(await readFile(file.path, 'utf8')).toBe('1234\n');
  });
});
