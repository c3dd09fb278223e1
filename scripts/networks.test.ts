import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PemIdentity, readNetwork, writeNetwork } from './networks.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fabrica-networks-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a running network is found by its name, with the identity that administers it', () => {
  const seed = new Uint8Array(randomBytes(32));
  const network = {
    host: 'http://127.0.0.1:1',
    fetchRootKey: true,
    canisters: { gateway: 'aaaaa-aa' },
  };
  const forget = writeNetwork(root, 'local', network, seed);
  const found = readNetwork(root, 'local');
  expect(found).toMatchObject(network);
  const identity = new PemIdentity(readFileSync(join(root, found.identity!), 'utf8'));
  const same = Ed25519KeyIdentity.generate(seed);
  expect(identity.getPrincipal().toText()).toBe(same.getPrincipal().toText());
  forget();
  expect(() => readNetwork(root, 'local')).toThrow('npm start');
});

test('a network that nobody described is refused, but for the Internet Computer itself', () => {
  expect(readNetwork(root, 'ic')).toMatchObject({ fetchRootKey: false });
  expect(() => readNetwork(root, 'testnet')).toThrow('testnet.json');
  expect(() => readNetwork(root, '../local')).toThrow('not the name');
});

test.each(['secp256k1', 'P-256'])(
  'a key of %s signs so that its public key verifies',
  async (curve) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
    const identity = new PemIdentity(privateKey.export({ format: 'pem', type: 'sec1' }).toString());
    const message = randomBytes(40);
    const signature = await identity.sign(new Uint8Array(message));
    const der = Buffer.from(identity.getPublicKey().toDer());
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(signature).toHaveLength(64);
    expect(verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
  },
);
