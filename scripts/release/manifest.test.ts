import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  compatibilityOf,
  readReleases,
  releasesFolder,
  writeRelease,
  type CanisterRelease,
  type Manifest,
} from './manifest.ts';
import { refuseBreaking, ReleaseError } from './prepare.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fabrica-release-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('releases are read in the order of their versions', () => {
  expect(readReleases(root, 'token')).toEqual([]);
  for (const version of ['0.10.0', '0.9.0', '1.0.0']) {
    writeRelease(root, 'token', manifestOf({ version }), new Map([['token.did', 'service : {}']]));
  }
  const versions = readReleases(root, 'token').map(({ manifest }) => manifest.version);
  expect(versions).toEqual(['0.9.0', '0.10.0', '1.0.0']);
  mkdirSync(join(releasesFolder(root, 'token'), 'latest'));
  expect(() => readReleases(root, 'token')).toThrow('named after no version');
});

describe('a breaking change', () => {
  const breaking = ['transfer: is gone'];

  test.each([
    ['1.4.0', '1.5.0'],
    ['1.4.0', '1.4.1'],
    ['0.1.0', '0.2.0'],
  ])('is refused from %s to %s', (after, version) => {
    const refused = () => refuseBreaking(manifestOf({ version, after, breaking }));
    expect(refused).toThrow(ReleaseError);
    expect(refused).toThrow('token.transfer: is gone');
  });

  test.each([
    ['1.4.0', '2.0.0'],
    ['0.9.0', '1.0.0'],
  ])('is let pass from %s to %s', (after, version) => {
    expect(() => refuseBreaking(manifestOf({ version, after, breaking }))).not.toThrow();
  });
});

describe('what is told on chain of compatibility', () => {
  const told = (change: Partial<CanisterRelease>, after: string | null = '0.1.0') =>
    compatibilityOf({ ...manifestOf({}).canisters[0]!, ...change }, after);

  test('is a sentence for owners', () => {
    expect(told({}, null)).toBe('The first release.');
    expect(told({ added: ['burn'] })).toBe('Takes the place of 0.1.0. New methods: burn.');
    expect(told({ breaking: ['a: is gone'] })).toBe('Breaks callers of 0.1.0: a: is gone.');
  });

  test('fits into 500 bytes', () => {
    expect(Buffer.byteLength(told({ breaking: ['ä'.repeat(400)] }))).toBeLessThanOrEqual(500);
  });
});

function manifestOf({
  version = '0.2.0',
  after = null,
  breaking = [],
}: Partial<Pick<Manifest, 'version' | 'after'> & Pick<CanisterRelease, 'breaking'>>): Manifest {
  const canister = {
    name: 'token',
    contract: true,
    hash: '00',
    size: 1,
    rawSize: 2,
    candid: 'token.did',
    candidHash: '00',
    module: 'token.wasm.gz',
    breaking,
    notes: [],
    added: [],
  };
  const builtWith = { azle: '0.33.0', node: '20.19.0' };
  return { package: '@fabrica/token', version, after, builtWith, canisters: [canister] };
}
