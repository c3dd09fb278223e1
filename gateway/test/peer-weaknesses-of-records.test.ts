/*
 * The peer's numbered weaknesses, 4 to 6, 12 to 16, 25 and 28: what is on record, and who learns of it. The others are
 * in refund-requests.test.ts (1, 3), peer-weaknesses.test.ts (2, 7, 9, 11, 26, 27) and registry.test.ts (9, 10). Of
 * what is left, 8 and 17 to 24 are about contracts and their versions, which the gateway has nothing to do with: see
 * docs/upgrades.md; 29 is about the peer's own tests and scripts.
 */
import {
  addFault,
  clearFaults,
  executions,
  instanceIdOf,
  type FaultRequest,
} from '@fabrica/localnet';
import { Principal } from '@dfinity/principal';
import {
  accepted,
  BALANCED,
  installRelay,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  refusalCode,
  requestIdOf,
  settle,
  tokenOrder,
  untilQuiet,
  type Relay,
  type System,
  type User,
} from '@fabrica/testing';
import type { AgentValue } from '@fabrica/core/candid';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { GatewayService, type DeploymentPage as DeploymentPageSchema } from '../src/index.ts';

type DeploymentPage = AgentValue<typeof DeploymentPageSchema>;
type Filter = [{ factory: [string]; role: [] | [string]; past: boolean }];

const ROLES = ['creator', 'signer', 'owner', 'emergency contact'];
const DOWN = { kind: 'reject', code: 2, message: 'down' } as const;
const REQUEST = requestIdOf('paid back');

let system: System;
let wallets: Relay;
let approve: bigint;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  wallets = await installRelay(system.pic);
  accepted(await system.gateway.registerFactory('wallets', wallets.id));
  ({ approve } = accepted(await system.gateway.quote('token', [])));
});

afterAll(async () => {
  await system.pic.tearDown();
});

describe.skipIf(inject('replicaIsReal'))('a weakness of the peer is none here:', () => {
  it('peer 4: what the factory refuses is refused before the ledger is called', async () => {
    const user = await payingUser('early');
    const since = await nextExecution();
    const order = orderOf(tokenOrder(user.principal, { name: '' }));
    expect(refusalCode(await user.gateway.createContract(order))).toBe('token.name_length');
    const awaited = (await executed(since)).map(({ awaited }) => awaited);
    expect(awaited).not.toContain('icrc2_transfer_from');
  });

  it('peer 4: after the charge, nothing is waited for but the contract', async () => {
    const user = await payingUser('unlogged');
    await fault({ method: 'logEvents', times: 'all', action: DOWN });
    await fault({ method: 'recordPayments', times: 'all', action: DOWN });
    const since = await nextExecution();
    accepted(await user.gateway.createContract(orderOf(tokenOrder(user.principal))));
    const callbacks = (await executed(since)).filter(({ method }) => method === 'createContract');
    const awaited = callbacks.flatMap(({ awaited }) => (awaited === null ? [] : [awaited]));
    expect(awaited).toEqual(['validateOrder', 'icrc2_transfer_from', 'createContract']);
  });

  it('peer 28: a storage that does not take what it is sent is seen in the status, and told later', async () => {
    await settle(system);
    const { audit, invoice, alerts } = await system.gateway.getSystemStatus();
    for (const outbox of [audit, invoice]) {
      expect(outbox.waiting).toBeGreaterThan(0);
      expect(outbox.failure).toContain('down');
    }
    expect(alerts.join()).toContain('audit storage');
    await heal();
    await untilQuiet(system);
    expect((await system.gateway.getSystemStatus()).audit).toEqual({ waiting: 0, failure: '' });
    expect(await readBooks(system)).toMatchObject(BALANCED);
  });

  it('peer 5, 6: a refund is counted once, kept with its reason and its block, and stands before its charge', async () => {
    const user = await payingUser('refunded');
    await fault({ method: 'createContract', action: DOWN });
    await user.gateway.createContract(orderOf(tokenOrder(user.principal), { requestId: REQUEST }));
    await untilQuiet(system);
    const { refunded, deployed } = await user.gateway.getCurrentUserProfile();
    expect([refunded, deployed]).toEqual([1, 0]);
    const { refund, refusal } = accepted(await user.gateway.getRequest(REQUEST, []));
    const { payments } = accepted(await user.gateway.getUserPayments([], [], 10));
    expect(payments.map(({ kind }) => Object.keys(kind)[0])).toEqual(['Refund', 'Charge']);
    expect(payments[0]!.block).toEqual(refund[0]!.block);
    system.invoice.setIdentity(user.identity);
    const kept = accepted(await system.invoice.getEntriesByReference(REQUEST, [], [], 50));
    expect(kept.entries[0]).toMatchObject({ kind: { Refund: null }, block: refund[0]!.block });
    system.audit.setIdentity(user.identity);
    const told = accepted(await system.audit.getEntriesByUser(user.principal, [], 50));
    const actions = told.entries.map(({ action, detail }) => [action, detail]);
    expect(actions).toContainEqual(['payment.refunded', refusal[0]!.code]);
  });

  it("peer 6: a user's orders, contracts and payments come newest first, page by page", async () => {
    const user = await newUser(system, 'frequent', { funds: 3n * approve, approved: 3n * approve });
    const contracts: string[] = [];
    for (const word of ['one', 'two', 'three']) {
      const order = orderOf(tokenOrder(user.principal), { requestId: requestIdOf(word) });
      contracts.unshift(accepted(await user.gateway.createContract(order)).contract.toText());
    }
    const seen: string[] = [];
    for (let cursor: [] | [number] | null = []; cursor !== null; ) {
      const page: DeploymentPage = accepted(await user.gateway.getUserDeployments([], cursor, 2));
      seen.push(...page.deployments.map(({ contract }) => contract.toText()));
      cursor = page.next.length === 0 ? null : page.next;
    }
    expect(seen).toEqual(contracts);
    const first = accepted(await user.gateway.getUserPayments([], [], 2));
    const rest = accepted(await user.gateway.getUserPayments([], first.next, 2));
    expect([...first.payments, ...rest.payments]).toHaveLength(3);
    expect(rest.next).toEqual([]);
  });

  it("peer 9: another user's profile, contracts and payments are for administrators", async () => {
    const whose = (await payingUser('private')).principal;
    const { gateway } = await payingUser('nosy');
    for (const answer of [
      await gateway.getUserProfile(whose),
      await gateway.getUserDeployments([whose], [], 10),
      await gateway.getUserPayments([whose], [], 10),
    ])
      expect(refusalCode(answer)).toBe('gateway.not_yours');
    accepted(await system.gateway.getUserProfile(whose));
    accepted(await system.gateway.getUserPayments([whose], [], 10));
  });

  it('peer 12, 13: every factory names its roles itself, and each of them is found', async () => {
    const user = await newUser(system, 'of many roles');
    await report(ROLES.map((_, bit) => reportOf(user, bit, { roles: 1 << bit })));
    for (const [bit, role] of ROLES.entries()) {
      const filter: Filter = [{ factory: ['wallets'], role: [role], past: false }];
      const page = accepted(await user.gateway.getRelatedCanisters([], filter, [], 50));
      expect(page.contracts.map(({ name }) => name)).toEqual([`Wallet ${bit}`]);
    }
  });

  it('peer 14: what was refused is not told as if it had happened', async () => {
    const { gateway } = await newUser(system, 'stranger');
    const before = (await system.audit.getTip()).length;
    expect(refusalCode(await gateway.setFactoryEnabled('token', false))).toBe(
      'gateway.not_administrator',
    );
    await settle(system);
    expect((await system.audit.getTip()).length).toBe(before);
  });

  it('peer 15: a batch with one bad report is refused as a whole, and a role that ended is past', async () => {
    const user = await newUser(system, 'signer');
    const maker = await payingUser('maker');
    const made = accepted(await maker.gateway.createContract(orderOf(tokenOrder(maker.principal))));
    const gateway = wallets.to(GatewayService, system.ids.gateway);
    const next = accepted(await system.gateway.getNextReport(wallets.id));
    const bad = [reportOf(user, 20), reportOf(user, 21, { contract: made.contract })];
    expect(refusalCode(await gateway.reportRelationships(next, ROLES, bad))).toBe(
      'gateway.not_its_contract',
    );
    expect(await namesOf(user, false)).toEqual([]);
    await report([reportOf(user, 20), reportOf(user, 20, { before: 1, roles: 0 })]);
    expect(await namesOf(user, false)).toEqual([]);
    expect(await namesOf(user, true)).toEqual(['Wallet 20']);
  });

  it('peer 16: a contract is its user’s, and not the gateway’s', async () => {
    const user = await payingUser('owner');
    const { contract } = accepted(
      await user.gateway.createContract(orderOf(tokenOrder(user.principal))),
    );
    const { owner } = accepted(await system.tokenFactory.getContractInfo(contract));
    expect(owner.toText()).toBe(user.principal.toText());
    const { contracts } = await system.tokenFactory.getMyContracts(system.ids.gateway, []);
    expect(contracts).toEqual([]);
  });

  it('peer 25: the page of a user costs the same, however much others ordered and reported', async () => {
    const user = await payingUser('steady');
    accepted(await user.gateway.createContract(orderOf(tokenOrder(user.principal))));
    await settle(system);
    const before = await costOfPages(user);
    const crowd = await newUser(system, 'crowd', { funds: 5n * approve, approved: 5n * approve });
    for (let n = 0; n < 5; n += 1)
      accepted(await crowd.gateway.createContract(orderOf(tokenOrder(crowd.principal))));
    await report(Array.from({ length: 50 }, (_, n) => reportOf(crowd, 100 + n)));
    await settle(system);
    expect(await costOfPages(user)).toBeLessThan(1.05 * before);
  });
});

async function payingUser(name: string): Promise<User> {
  return newUser(system, name, { funds: approve, approved: approve });
}

function reportOf(user: User, contract: number, changes: object = {}) {
  const id = Principal.fromUint8Array(Uint8Array.of(0, 0, 0, 9, 9, 9, 0, contract, 1, 1));
  const report = { contract: id, user: user.principal, before: 0, roles: 1 };
  return { ...report, name: `Wallet ${contract}`, since: 1_780_000_000_000_000_000n, ...changes };
}

/** Has the factory of wallets report. */
async function report(reports: ReturnType<typeof reportOf>[]): Promise<void> {
  const gateway = wallets.to(GatewayService, system.ids.gateway);
  const next = accepted(await system.gateway.getNextReport(wallets.id));
  accepted(await gateway.reportRelationships(next, ROLES, reports));
}

async function namesOf({ gateway }: User, past: boolean): Promise<string[]> {
  const filter: Filter = [{ factory: ['wallets'], role: [], past }];
  const page = accepted(await gateway.getRelatedCanisters([], filter, [], 50));
  return page.contracts.map(({ name }) => name);
}

/** Instructions of a user's four pages together. */
async function costOfPages({ gateway }: User): Promise<number> {
  const since = await nextExecution();
  accepted(await gateway.getMyRequests([], 10));
  accepted(await gateway.getUserPayments([], [], 10));
  accepted(await gateway.getUserDeployments([], [], 10));
  accepted(await gateway.getRelatedCanisters([], [], [], 10));
  return (await executed(since)).reduce((sum, { instructions }) => sum + instructions, 0);
}

async function nextExecution(): Promise<number> {
  return (await executions(inject('replicaUrl'), instanceIdOf(system.pic))).next;
}

/** What the gateway executed since. */
async function executed(since: number) {
  const filter = { since, canister: system.ids.gateway };
  return (await executions(inject('replicaUrl'), instanceIdOf(system.pic), filter)).executions;
}

async function fault(request: FaultRequest): Promise<void> {
  const rule = { from: system.ids.gateway, ...request };
  await addFault(inject('replicaUrl'), instanceIdOf(system.pic), rule);
}

async function heal(): Promise<void> {
  await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
}
