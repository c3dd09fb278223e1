import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseCommandLine } from './command-line.ts';
import { UsageError } from './usage-error.ts';

describe('command line', () => {
  it('starts for people: a live network, a port, no time limit, no port file', () => {
    expect(parseCommandLine(['start', '--port', '8000'])).toEqual({
      kind: 'start',
      server: { live: true, port: 8000 },
      portFile: null,
    });
  });

  it('starts as PocketIC 6 is started by @hadronous/pic', () => {
    expect(parseCommandLine(['--pid', '4711'])).toEqual({
      kind: 'start',
      server: { ttl: 60 },
      portFile: join(tmpdir(), 'pocket_ic_4711.port'),
    });
  });

  it('starts as PocketIC is started by @dfinity/pic', () => {
    expect(parseCommandLine(['--port-file', '/tmp/x.port', '--ttl', '5'])).toEqual({
      kind: 'start',
      server: { ttl: 5 },
      portFile: '/tmp/x.port',
    });
  });

  it('keeps a network in a folder, and follows a file of names', () => {
    const args = ['start', '--state-dir', 'kept', '--names', 'canister_ids.json', '--calls'];
    expect(parseCommandLine(args)).toMatchObject({
      server: { live: true, stateDir: 'kept', names: 'canister_ids.json', calls: true },
    });
  });

  it('finds what runs by port, or without', () => {
    expect(parseCommandLine(['stop', '--port', '8'])).toEqual({ kind: 'stop', port: 8 });
    expect(parseCommandLine(['status', '--json'])).toEqual({ kind: 'status', json: true });
    const top = { kind: 'top', once: true, json: false };
    expect(parseCommandLine(['top', '--once'])).toEqual(top);
  });

  it.each([
    [[]],
    [['pause']],
    [['stop', '--json']],
    [['--port-file', 'x', '--state-dir', 'y']],
    [['start', '--pid', '1']],
    [['start', '--port', 'abc']],
    [['start', '--prot', '1']],
    [['start', '--port', '70000']],
    [['start', 'now']],
  ])('refuses %j in one line', (args) => {
    const error = failure(() => parseCommandLine(args));
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).not.toContain('\n');
  });
});

function failure(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
