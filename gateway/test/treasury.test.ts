import { addFault, clearFaults, instanceIdOf, type FaultRequest } from '@fabrica/localnet';
import {
  accepted,
  accountOf,
  actorFor,
  ADMINISTRATOR,
  LEDGER_FEE,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  refusalCode,
  requestIdOf,
  settle,
  TOKEN_PRICE,
  tokenOrder,
  upgradeBuilt,
  type ActorFor,
  type System,
  type User,
} from '@fabrica/testing';
import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import type { Principal } from '@dfinity/principal';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';
import { installLiar } from './fixtures/liar-ledger.ts';

const SECOND_ADMINISTRATOR = createIdentity('second administrator');
const TREASURY = createIdentity('treasury').getPrincipal();
const DAY = 24 * 3600;

let system: System;
let second: ActorFor<typeof GatewayService>;
let ledger: Principal;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  const { pic, ids, gateway } = system;
  ledger = ids.ledger;
  second = actorFor(pic, GatewayService, ids.gateway);
  second.setIdentity(SECOND_ADMINISTRATOR);
  const wiring = await gateway.getCanisterIds();
  accepted(await gateway.setCanisterIds({ ...wiring, treasury: [accountOf(TREASURY)] }));
  await order('first');
});

afterAll(async () => {
  await system.pic.tearDown();
});

describe('with a single administrator, a withdrawal', () => {
  it('waits a day for his own confirmation', async () => {
    const { number } = accepted(await system.gateway.proposeWithdrawal(ledger, 50_000n));
    expect(refusalCode(await system.gateway.confirmWithdrawal(number))).toBe(
      'gateway.notice_running',
    );
    await settle(system, DAY + 60);
    const sent = accepted(await system.gateway.confirmWithdrawal(number));
    expect(sent.state).toEqual({ Sent: null });
    expect(await treasuryHolds()).toBe(50_000n - LEDGER_FEE);
    await expectBalanced();
  });
});

describe('with two administrators, a withdrawal', () => {
  beforeAll(async () => {
    const both = [ADMINISTRATOR.getPrincipal(), SECOND_ADMINISTRATOR.getPrincipal()];
    accepted(await system.gateway.setAdministrators(both));
  });

  it('waits a day after the administrators changed', async () => {
    const { number } = accepted(await system.gateway.proposeWithdrawal(ledger, 50_000n));
    expect(refusalCode(await second.confirmWithdrawal(number))).toBe('gateway.notice_running');
    await settle(system, DAY + 60);
    expect(refusalCode(await system.gateway.confirmWithdrawal(number))).toBe(
      'gateway.second_administrator',
    );
    const before = await treasuryHolds();
    accepted(await second.confirmWithdrawal(number));
    expect((await treasuryHolds()) - before).toBe(50_000n - LEDGER_FEE);
    await expectBalanced();
  });

  it('is nothing for strangers, and nothing beyond what is earned', async () => {
    const stranger = await newUser(system, 'stranger');
    const [book] = await system.gateway.getSolvency();
    const { earned } = book!;
    expect(refusalCode(await stranger.gateway.proposeWithdrawal(ledger, 50_000n))).toBe(
      'gateway.not_administrator',
    );
    expect(refusalCode(await system.gateway.proposeWithdrawal(ledger, earned + 1n))).toBe(
      'gateway.beyond_earned',
    );
    const one = accepted(await system.gateway.proposeWithdrawal(ledger, earned - 100_000n));
    const two = accepted(await system.gateway.proposeWithdrawal(ledger, earned - 100_000n));
    accepted(await second.confirmWithdrawal(one.number));
    expect(refusalCode(await second.confirmWithdrawal(two.number))).toBe('gateway.beyond_earned');
    accepted(await second.cancelWithdrawal(two.number));
    expect(refusalCode(await second.confirmWithdrawal(two.number))).toBe('gateway.not_proposed');
    await expectBalanced();
  });

  it('confirmed twice at once, is paid once', async () => {
    await order('second');
    const { number } = accepted(await system.gateway.proposeWithdrawal(ledger, 60_000n));
    const gateway = system.pic.createDeferredActor<ActorOf<typeof GatewayService>>(
      toIdlFactory(GatewayService),
      system.ids.gateway,
    );
    gateway.setIdentity(SECOND_ADMINISTRATOR);
    const before = await treasuryHolds();
    const sent = [await gateway.confirmWithdrawal(number), await gateway.confirmWithdrawal(number)];
    const codes: string[] = [];
    for (const answer of sent) {
      const told = await await answer();
      codes.push('Ok' in told ? Object.keys(told.Ok.state)[0]! : told.Err.code);
    }
    expect(codes).toEqual(['Sent', 'gateway.not_proposed']);
    expect((await treasuryHolds()) - before).toBe(60_000n - LEDGER_FEE);
    await expectBalanced();
  });

  it('goes to the treasury it was proposed for, or nowhere', async () => {
    const wiring = await system.gateway.getCanisterIds();
    const { number } = accepted(await system.gateway.proposeWithdrawal(ledger, 60_000n));
    const thief = accountOf(SECOND_ADMINISTRATOR.getPrincipal());
    accepted(await system.gateway.setCanisterIds({ ...wiring, treasury: [thief] }));
    expect(refusalCode(await second.confirmWithdrawal(number))).toBe('gateway.notice_running');
    await settle(system, DAY + 60);
    expect(refusalCode(await second.confirmWithdrawal(number))).toBe('gateway.treasury_changed');
    accepted(await system.gateway.setCanisterIds(wiring));
    await settle(system, DAY + 60);
    accepted(await second.confirmWithdrawal(number));
    await expectBalanced();
  });

  it.skipIf(inject('replicaIsReal'))(
    'leaves alone what is owed and what is in flight',
    async () => {
      const down = { kind: 'reject', code: 2, message: 'down' } as const;
      await fault({ method: 'createContract', action: down });
      await fault({ method: 'icrc1_transfer', times: 'all', action: down });
      const [before] = await system.gateway.getSolvency();
      await order('third');
      const [after] = await system.gateway.getSolvency();
      expect(after).toMatchObject({ owed: TOKEN_PRICE, earned: before!.earned });
      expect(refusalCode(await system.gateway.proposeWithdrawal(ledger, before!.earned + 1n))).toBe(
        'gateway.beyond_earned',
      );
      await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
      await settle(system, 600);
      await expectBalanced();
    },
  );

  it.skipIf(inject('replicaIsReal'))(
    'whose answer is lost is paid once, also when the gateway is upgraded in between',
    async () => {
      for (const kind of ['lose-answer', 'trap-callback'] as const) {
        await fault({ method: 'icrc1_transfer', action: { kind } });
        const before = await treasuryHolds();
        const { number } = accepted(await system.gateway.proposeWithdrawal(ledger, 60_000n));
        await second.confirmWithdrawal(number).catch((error: unknown) => {
          expect(String(error)).toMatch(/trap/i);
        });
        const { pic, ids } = system;
        const canister = { canisterId: ids.gateway, sender: ADMINISTRATOR.getPrincipal() };
        await pic.stopCanister(canister);
        await upgradeBuilt(pic, 'gateway', ids.gateway, ADMINISTRATOR);
        await pic.startCanister(canister);
        await settle(system, 120);
        const [withdrawal] = accepted(await system.gateway.getWithdrawals(number, 1));
        expect(withdrawal!.state).toEqual({ Sent: null });
        expect((await treasuryHolds()) - before).toBe(60_000n - LEDGER_FEE);
        await expectBalanced();
      }
    },
  );

  it.skipIf(inject('replicaIsReal')).each([
    ['was carried out', { kind: 'lose-answer' }],
    ['was not carried out', { kind: 'reject', code: 5, message: 'it said no more' }],
  ] as const)(
    'whose outcome nobody knows after a day is looked up, and paid once, if it %s',
    async (_, action) => {
      await fault({ method: 'icrc1_transfer', times: 'all', action });
      const before = await treasuryHolds();
      const { number } = accepted(await system.gateway.proposeWithdrawal(ledger, 30_000n));
      accepted(await second.confirmWithdrawal(number));
      for (const seconds of [24 * 3600, 3600, 60]) {
        await settle(system, seconds);
        await system.pic.tick(40);
      }
      await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
      for (const seconds of [3600, 60]) await settle(system, seconds);
      const [withdrawal] = accepted(await system.gateway.getWithdrawals(number, 1));
      expect(withdrawal!.state).toEqual({ Sent: null });
      expect((await treasuryHolds()) - before).toBe(30_000n - LEDGER_FEE);
      await expectBalanced();
    },
  );

  it('stands in the audit trail and the invoices', async () => {
    await settle(system, 60);
    for (const action of ['withdrawal.proposed', 'administrators.changed', 'treasury.changed']) {
      const told = accepted(await system.audit.getEntriesByAction(action, [], 50));
      expect(told.entries.length).toBeGreaterThan(0);
    }
    const invoices = accepted(await system.invoice.getEntriesByUser(TREASURY, [], 50));
    expect(invoices.entries[0]!.kind).toEqual({ Withdrawal: null });
  });
});

describe('a ledger that holds less than is booked', () => {
  it('is found by the gateway itself, raised as an alert, and taken back when it is mended', async () => {
    const liar = await installLiar(system.pic);
    accepted(await system.gateway.registerLedger('liar', liar.id));
    accepted(await system.gateway.setConfigValue('token.fee.liar', { Nat: 500_000n }));
    await settle(system, 60);
    const user = await newUser(system, 'believer');
    const request = { ...orderOf(tokenOrder(user.principal)), ledger: [liar.id] as [Principal] };
    accepted(await user.gateway.createContract(request));
    await settle(system, 3_660);
    await settle(system, 10);
    const { alerts, solvency } = await system.gateway.getSystemStatus();
    expect(alerts.join()).toContain('insolvent');
    expect(solvency.map(({ solvent }) => solvent).sort()).toEqual([false, true]);

    await liar.hold(500_000n);
    await settle(system, 3_660);
    await settle(system, 10);
    expect((await system.gateway.getSystemStatus()).alerts.join()).not.toContain('insolvent');
    const told = accepted(await system.audit.getEntriesByAction('solvency.lost', [], 10));
    expect(told.entries).toHaveLength(1);
  });
});

async function order(name: string): Promise<User> {
  const { approve } = accepted(await system.gateway.quote('token', []));
  const user = await newUser(system, name, { funds: approve, approved: approve });
  const requestId = requestIdOf(name);
  await user.gateway.createContract(orderOf(tokenOrder(user.principal), { requestId }));
  return user;
}

async function fault(request: FaultRequest): Promise<void> {
  const rule = { from: system.ids.gateway, ...request };
  await addFault(inject('replicaUrl'), instanceIdOf(system.pic), rule);
}

function treasuryHolds(): Promise<bigint> {
  return system.ledger.icrc1_balance_of(accountOf(TREASURY));
}

/** The gateway's account holds what the books say, to the unit. */
async function expectBalanced(): Promise<void> {
  expect(await readBooks(system)).toMatchObject({ unexplained: 0n, solvent: true, exact: true });
}
