import {
  blsVerify,
  type Cert,
  Cbor,
  HttpAgent,
  lookup_path,
  reconstruct,
  type SignIdentity,
  Actor,
} from '@dfinity/agent';
import { DelegationChain, DelegationIdentity, Ed25519KeyIdentity } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import { secp256k1 } from '@noble/curves/secp256k1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningServer, startServer } from '../src/server/index.ts';
import { callContent, type Content, expiryIn, send, signed } from './fixtures/agent-requests.ts';
import { compileCounter, type Counter, counterIdl } from './fixtures/canisters.ts';
import { install } from './fixtures/management.ts';

const OWNER = Ed25519KeyIdentity.generate();
const STRANGER = Ed25519KeyIdentity.generate();
const utf8 = new TextEncoder();

let server: RunningServer;
let agent: HttpAgent;
let id: Principal;
let canister: string;

beforeAll(async () => {
  server = await startServer({ live: true });
  agent = await HttpAgent.create({ host: server.url, identity: OWNER, shouldFetchRootKey: true });
  id = await install(agent, compileCounter(1));
  canister = `canister/${id.toText()}`;
});

afterAll(async () => {
  await server.close();
});

describe('a call', () => {
  it.each([2, 3, 4])('is executed once, however often it is sent (v%i)', async (version) => {
    const before = await count();
    const envelope = await signed(STRANGER, callContent(id, { nonce: Uint8Array.of(version) }));
    for (let n = 0; n < 3; n += 1) {
      const response = await send(server.url, `/api/v${version}/${canister}/call`, envelope);
      expect(response.status).toBe(version === 2 ? 202 : 200);
      if (version > 2) expect(await decoded(response)).toMatchObject({ status: 'replied' });
    }
    await expect.poll(count).toBe(before + 1n);
  });

  it.each<[why: string, request: () => Promise<Content>, text: string]>([
    [
      'expired',
      () => signed(OWNER, callContent(id, { ingress_expiry: expiryIn(-1) })),
      'Invalid request expiry: ',
    ],
    [
      'from the future',
      () => signed(OWNER, callContent(id, { ingress_expiry: expiryIn(400) })),
      'Invalid request expiry: ',
    ],
    [
      'with a long nonce',
      () => signed(OWNER, callContent(id, { nonce: new Uint8Array(33) })),
      'nonce',
    ],
    [
      'to another canister than its URL says',
      () => signed(OWNER, callContent(Principal.fromText('rwlgt-iiaaa-aaaaa-aaaaa-cai'))),
      'does not match effective canister id',
    ],
    [
      'with a wrong signature',
      async () => ({ ...(await signed(OWNER, callContent(id))), sender_sig: new Uint8Array(64) }),
      'Invalid signature',
    ],
    [
      'with the signature of another request',
      async () => ({
        ...(await signed(OWNER, callContent(id))),
        sender_sig: (await signed(OWNER, callContent(id, { method_name: 'get' })))['sender_sig'],
      }),
      'Invalid signature',
    ],
    [
      "with another's key",
      async () => ({
        ...(await signed(OWNER, callContent(id))),
        sender_pubkey: STRANGER.getPublicKey().toDer(),
      }),
      'Invalid sender',
    ],
    [
      'without a signature',
      async () => ({ content: (await signed(OWNER, callContent(id)))['content'] }),
      'carries no signature',
    ],
    [
      'anonymous and signed',
      async () => ({ ...(await signed(OWNER, callContent(id))), content: callContent(id) }),
      'must not carry a signature',
    ],
    [
      'with a key that is none',
      async () => keyed(await signed(OWNER, callContent(id)), Uint8Array.of(1, 2, 3)),
      'Invalid public key',
    ],
    [
      'of unknown type',
      () => signed(OWNER, callContent(id, { request_type: 'guess' })),
      'request_type',
    ],
    [
      'sent to the wrong endpoint',
      () => signed(OWNER, callContent(id, { request_type: 'query' })),
      'was sent to',
    ],
    [
      'with a field unknown',
      () => signed(OWNER, callContent(id, { sender_info: 'x' })),
      'sender_info',
    ],
  ])('is refused: %s', async (_, request, text) => {
    const response = await send(server.url, `/api/v3/${canister}/call`, await request());
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(text);
  });

  it.each<[string, Uint8Array]>([
    ['empty', new Uint8Array()],
    ['cut off', Cbor.encode({ content: { a: 1 } }).slice(0, -2)],
    ['no map', Cbor.encode([1])],
    ['nested without end', new Uint8Array(2_000_000).fill(0x81)],
    ['with a key twice', Uint8Array.of(0xa2, 0x61, 0x61, 0x01, 0x61, 0x61, 0x02)],
  ])('is refused if its body is %s', async (_, body) => {
    const response = await send(server.url, `/api/v3/${canister}/call`, body);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('localnet failed');
  });

  it('is refused if it is too large', async () => {
    const body = new Uint8Array(4 * 1024 * 1024 + 1);
    expect((await send(server.url, `/api/v3/${canister}/call`, body)).status).toBe(413);
  });

  it('is refused before execution by what the canister is, and says so uncertified', async () => {
    const none = Principal.fromText('7tjcv-pp777-77776-qaaaa-cai');
    const missing = Principal.fromUint8Array(
      none.toUint8Array().map((byte, index) => (index === 7 ? 99 : byte)),
    );
    const path = `canister/${missing.toText()}/call`;
    const envelope = { content: callContent(missing) };
    const v2 = await decoded(await send(server.url, `/api/v2/${path}`, envelope));
    expect(v2).toMatchObject({ reject_code: 3, error_code: 'IC0301' });
    const v3 = await decoded(await send(server.url, `/api/v3/${path}`, envelope));
    expect(v3).toMatchObject({ status: 'non_replicated_rejection', reject_code: 3 });
  });

  it('may be signed by secp256k1', async () => {
    const identity = secp256k1Identity();
    const query = callContent(id, { request_type: 'query', method_name: 'whoami' });
    const envelope = await signed(identity, query);
    const good = await decoded(await send(server.url, `/api/v3/${canister}/query`, envelope));
    expect(good).toMatchObject({ status: 'replied' });
    const spoilt = {
      ...envelope,
      sender_sig: (envelope['sender_sig'] as Uint8Array).map((b) => b ^ 1),
    };
    expect((await send(server.url, `/api/v3/${canister}/query`, spoilt)).status).toBe(400);
  });

  it('is refused with a delegation whose signature is wrong', async () => {
    const inner = Ed25519KeyIdentity.generate();
    const until = new Date(Date.now() + 60_000);
    const chain = await DelegationChain.create(STRANGER, inner.getPublicKey(), until);
    const forged = DelegationChain.fromDelegations(chain.delegations, OWNER.getPublicKey().toDer());
    const other = await HttpAgent.create({
      host: server.url,
      identity: DelegationIdentity.fromDelegation(inner, forged),
      shouldFetchRootKey: true,
      retryTimes: 0,
    });
    const actor = Actor.createActor<Counter>(counterIdl, { agent: other, canisterId: id });
    await expect(actor.increment()).rejects.toThrow('Invalid delegation');
  });
});

describe('certificates', () => {
  it.each([
    [3, ['subnet', 'canister_ranges']],
    [4, ['canister_ranges']],
  ])('of v%i calls are delegated by the root subnet', async (version, [first, last]) => {
    const envelope = { content: callContent(id) };
    const response = await send(server.url, `/api/v${version}/${canister}/call`, envelope);
    const { certificate } = (await decoded(response)) as { certificate: Uint8Array };
    const { delegation, tree, signature } = Cbor.decode<Cert>(certificate);
    const root = Cbor.decode<Cert>(delegation!.certificate);
    await verify(root, agent.rootKey!);
    const subnet = delegation!.subnet_id;
    const key = lookup_path(['subnet', subnet, 'public_key'].map(label), root.tree);
    await verify({ tree, signature } as Cert, (key as { value: Uint8Array }).value);
    const ranges = last ? [first!, subnet, last] : [first!, subnet, rangeStart()];
    expect(lookup_path(ranges.map(label), root.tree).status).toBe('Found');
  });

  it('of a subnet tell its facts', async () => {
    const status = await agent.readState(id, { paths: [[label('subnet')]] });
    const { delegation } = Cbor.decode<Cert>(status.certificate);
    const subnet = Principal.fromUint8Array(delegation!.subnet_id);
    const content = {
      request_type: 'read_state',
      sender: Uint8Array.of(4),
      ingress_expiry: expiryIn(100),
      paths: [['subnet', subnet.toUint8Array()].map(label), [label('time')]],
    };
    const path = `/api/v3/subnet/${subnet.toText()}/read_state`;
    const { certificate } = (await decoded(await send(server.url, path, { content }))) as {
      certificate: Uint8Array;
    };
    const { tree } = Cbor.decode<Cert>(certificate);
    const type = lookup_path(['subnet', subnet.toUint8Array(), 'type'].map(label), tree);
    expect(type).toMatchObject({ status: 'Found', value: utf8.encode('application') });
  });

  it.each<[string, SignIdentity, () => (string | Uint8Array)[][], number]>([
    ['private metadata, by a stranger', STRANGER, () => [metadata('motoko:stable-types')], 403],
    ['private metadata, by a controller', OWNER, () => [metadata('motoko:stable-types')], 200],
    ['public metadata', STRANGER, () => [metadata('candid:service')], 200],
    ['another canister', OWNER, () => [['canister', Uint8Array.of(1), 'controllers']], 400],
    ['what nobody may see', OWNER, () => [['canister', id.toUint8Array(), 'certified_data']], 404],
    ['everything', OWNER, () => [[]], 404],
    [
      'two requests',
      OWNER,
      () => [1, 2].map((n) => ['request_status', new Uint8Array(32).fill(n)]),
      400,
    ],
    ['a request that nobody made', OWNER, () => [['request_status', new Uint8Array(32)]], 200],
  ])('of %s', async (_, identity, paths, status) => {
    expect((await readState(identity, paths())).status).toBe(status);
  });

  it('of a request are for its sender only', async () => {
    const { requestId } = await agent.call(id, {
      methodName: 'increment',
      arg: callContent(id)['arg'] as Uint8Array,
    });
    expect((await readState(OWNER, [['request_status', requestId]])).status).toBe(200);
    expect((await readState(STRANGER, [['request_status', requestId]])).status).toBe(403);
  });
});

describe('the endpoints', () => {
  it('tell the root key to any origin', async () => {
    const response = await fetch(`${server.url}/api/v2/status`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await decoded(response)).toMatchObject({
      replica_health_status: 'healthy',
      root_key: agent.rootKey,
    });
    const preflight = await fetch(`${server.url}/api/v2/${canister}/call`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('*');
  });

  it.each([
    ['POST', 'v4/subnet/aaaaa-aa/call', 404],
    ['POST', 'v5/canister/aaaaa-aa/call', 404],
    ['GET', 'v2/canister/aaaaa-aa/query', 405],
    ['POST', 'v2/canister/nobody/query', 400],
  ])('answer %s %s with %i and a text', async (method, path, status) => {
    const response = await fetch(`${server.url}/api/${path}`, { method });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toBe('');
  });
});

async function count(): Promise<bigint> {
  return await Actor.createActor<Counter>(counterIdl, { agent, canisterId: id }).get();
}

async function decoded(response: Response): Promise<unknown> {
  return Cbor.decode(new Uint8Array(await response.arrayBuffer()));
}

async function readState(
  identity: SignIdentity,
  paths: (string | Uint8Array)[][],
): Promise<Response> {
  const content = {
    request_type: 'read_state',
    ingress_expiry: expiryIn(100),
    paths: paths.map((path) => path.map(label)),
  };
  return await send(server.url, `/api/v2/${canister}/read_state`, await signed(identity, content));
}

function label(one: string | Uint8Array): Uint8Array {
  return typeof one === 'string' ? utf8.encode(one) : one;
}

function metadata(name: string): (string | Uint8Array)[] {
  return ['canister', id.toUint8Array(), 'metadata', name];
}

function keyed(envelope: Content, key: Uint8Array): Content {
  const sender = Principal.selfAuthenticating(key).toUint8Array();
  const content = { ...(envelope['content'] as Content), sender };
  return { ...envelope, content, sender_pubkey: key };
}

/** The first canister id of the application subnet of a live network. */
function rangeStart(): Uint8Array {
  return Principal.fromText('7tjcv-pp777-77776-qaaaa-cai').toUint8Array();
}

async function verify({ tree, signature }: Cert, derKey: Uint8Array): Promise<void> {
  const root = await reconstruct(tree);
  const message = Uint8Array.from([...utf8.encode('\x0Dic-state-root'), ...root]);
  const key = derKey.slice(-96);
  expect(await blsVerify(key, signature, message)).toBe(true);
}

function secp256k1Identity(): SignIdentity {
  const secret = secp256k1.utils.randomPrivateKey();
  const header = Buffer.from('3056301006072a8648ce3d020106052b8104000a034200', 'hex');
  const der = new Uint8Array(Buffer.concat([header, secp256k1.getPublicKey(secret, false)]));
  return {
    getPrincipal: () => Principal.selfAuthenticating(der),
    getPublicKey: () => ({ toDer: () => der }),
    sign: (message: Uint8Array) =>
      Promise.resolve(secp256k1.sign(message, secret, { prehash: true }).toCompactRawBytes()),
  } as unknown as SignIdentity;
}
