import {
  Actor,
  type ActorSubclass,
  CanisterStatus,
  Certificate,
  HttpAgent,
  type Identity,
  lookupResultToBuffer,
  polling,
} from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import {
  DelegationChain,
  DelegationIdentity,
  ECDSAKeyIdentity,
  Ed25519KeyIdentity,
} from '@dfinity/identity';
import type { Principal } from '@dfinity/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningServer, startServer } from '../src/server/index.ts';
import { compileCounter, type Counter, counterIdl } from './fixtures/canisters.ts';
import { install, managementOf } from './fixtures/management.ts';
import { compileWeb, type Web, webIdl } from './fixtures/web.ts';

const OWNER = Ed25519KeyIdentity.generate();
const utf8 = new TextEncoder();

let server: RunningServer;
let agent: HttpAgent;
let counterId: Principal;
let counter: ActorSubclass<Counter>;
let webId: Principal;
let web: ActorSubclass<Web>;

beforeAll(async () => {
  server = await startServer({ live: true });
  agent = await agentOf(OWNER);
  counterId = await install(agent, compileCounter(1));
  counter = Actor.createActor<Counter>(counterIdl, { agent, canisterId: counterId });
  webId = await install(agent, compileWeb());
  web = Actor.createActor<Web>(webIdl, { agent, canisterId: webId });
});

afterAll(async () => {
  await server.close();
});

describe('@dfinity/agent, verifying all it gets', () => {
  it('calls, and queries with the signature of a node', async () => {
    const before = await counter.get();
    expect(await counter.increment()).toBe(before + 1n);
    expect(await counter.get()).toBe(before + 1n);
  });

  it('waits for calls of many rounds', async () => {
    expect(await web.slow()).toBe('done');
  });

  it('calls asynchronously, and polls for the answer', async () => {
    const { requestId, response } = await agent.call(counterId, {
      methodName: 'increment',
      arg: IDL.encode([], []),
      callSync: false,
    });
    expect(response.status).toBe(202);
    const { reply } = await polling.pollForResponse(agent, counterId, requestId);
    expect(IDL.decode([IDL.Nat], reply)[0]).toBeGreaterThan(0n);
  });

  it('is told of traps and rejects, certified', async () => {
    await expect(counter.trap('on purpose')).rejects.toThrow('on purpose');
    await expect(counter.reject('not today')).rejects.toThrow('not today');
    await expect(counter.spin()).rejects.toThrow('IC0522');
  });

  it.each<[string, () => Promise<Identity>]>([
    ['Ed25519', () => Promise.resolve(Ed25519KeyIdentity.generate())],
    ['P-256', () => ECDSAKeyIdentity.generate()],
    ['a delegation', () => delegated()],
    ['a delegation to this canister', () => delegated([counterId])],
  ])('is known by the principal of its key: %s', async (_, make) => {
    const identity = await make();
    const actor = Actor.createActor<Counter>(counterIdl, {
      agent: await agentOf(identity),
      canisterId: counterId,
    });
    expect((await actor.whoami()).toText()).toBe(identity.getPrincipal().toText());
  });

  it('is refused with a delegation to another canister', async () => {
    const actor = Actor.createActor<Counter>(counterIdl, {
      agent: await agentOf(await delegated([webId])),
      canisterId: counterId,
    });
    await expect(actor.whoami()).rejects.toThrow('not one of its targets');
    await expect(actor.increment()).rejects.toThrow('not one of its targets');
  });

  it('is refused with an expired delegation', async () => {
    const identity = await delegated(undefined, new Date(Date.now() - 1000));
    const actor = Actor.createActor<Counter>(counterIdl, {
      agent: await agentOf(identity),
      canisterId: counterId,
    });
    await expect(actor.increment()).rejects.toThrow('expir');
  });

  it('reads what the network certifies of a canister', async () => {
    const status = await CanisterStatus.request({
      canisterId: counterId,
      agent,
      paths: ['time', 'controllers', 'module_hash', 'candid', 'subnet'],
    });
    const controllers = status.get('controllers') as Principal[];
    expect(controllers.map((id) => id.toText())).toEqual([OWNER.getPrincipal().toText()]);
    expect(status.get('module_hash')).toMatch(/^[0-9a-f]{64}$/);
    expect(status.get('candid')).toContain('increment');
    expect(Math.abs((status.get('time') as Date).getTime() - Date.now())).toBeLessThan(5_000);
    expect((status.get('subnet') as CanisterStatus.SubnetStatus).nodeKeys.size).toBe(13);
  });

  it('finds proven what is absent', async () => {
    const missing = utf8.encode('no such section');
    const id = counterId.toUint8Array();
    const path = [utf8.encode('canister'), id, utf8.encode('metadata'), missing];
    const { certificate } = await agent.readState(counterId, { paths: [path] });
    const verified = await Certificate.create({
      certificate,
      rootKey: agent.rootKey!,
      canisterId: counterId,
    });
    expect(verified.lookup_path(path).status).toBe('Absent');
  });

  it('verifies certified data from a query', async () => {
    const data = crypto.getRandomValues(new Uint8Array(32));
    await web.certify(data);
    const [certificate] = await web.certificate();
    const verified = await Certificate.create({
      certificate: Uint8Array.from(certificate!),
      rootKey: agent.rootKey!,
      canisterId: webId,
    });
    const id = webId.toUint8Array();
    const path = [utf8.encode('canister'), id, utf8.encode('certified_data')];
    expect(lookupResultToBuffer(verified.lookup_path(path))).toEqual(data);
  });

  it('manages canisters', async () => {
    const management = managementOf(agent);
    const { status, settings } = await management.canister_status({ canister_id: counterId });
    expect(status).toHaveProperty('running');
    expect(settings.controllers.map((id) => id.toText())).toEqual([OWNER.getPrincipal().toText()]);
    const stranger = managementOf(await agentOf(Ed25519KeyIdentity.generate()));
    await expect(stranger.stop_canister({ canister_id: counterId })).rejects.toThrow('controller');
  });
});

async function agentOf(identity: Identity): Promise<HttpAgent> {
  return await HttpAgent.create({
    host: server.url,
    identity,
    shouldFetchRootKey: true,
    verifyQuerySignatures: true,
    retryTimes: 0,
  });
}

async function delegated(targets?: Principal[], expiration?: Date): Promise<DelegationIdentity> {
  const inner = Ed25519KeyIdentity.generate();
  const until = expiration ?? new Date(Date.now() + 60_000);
  const chain = await DelegationChain.create(OWNER, inner.getPublicKey(), until, {
    ...(targets && { targets }),
  });
  return DelegationIdentity.fromDelegation(inner, chain);
}
