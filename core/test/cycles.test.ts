import type { Identity } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { addFault, clearFaults, instanceIdOf } from '@fabrica/localnet';
import { accepted, actorFor, configChange, refusalCode } from '@fabrica/testing';
import { TokenContract, TokenFactory, tokenFactory } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { makeToken, openTokenFactory, type LoneFactory } from './fixtures/factory.ts';

const owner = createIdentity('owner');
const url = inject('replicaUrl');
const { initial } = tokenFactory.cycles;
const AMOUNT = 100_000_000_000n;
/** What executing a few messages costs at most. */
const SLACK = 20_000_000_000n;

let lone: LoneFactory;
let contract: Principal;

beforeAll(async () => {
  lone = await openTokenFactory(url);
});

beforeEach(async () => {
  contract = (await makeToken(lone, owner.getPrincipal())).id;
  // Until its first report is answered, part of its cycles is set aside.
  await rest();
});

afterEach(async () => {
  await clearFaults(url, instanceIdOf(lone.pic));
});

afterAll(async () => {
  await lone.pic.tearDown();
});

function as(identity: Identity) {
  const actor = actorFor(lone.pic, TokenFactory, lone.id);
  actor.setIdentity(identity);
  return actor;
}

async function rest(milliseconds = 5_000): Promise<void> {
  await lone.pic.advanceTime(milliseconds);
  await lone.pic.tick(5);
}

const held = (id: Principal) => lone.pic.getCyclesBalance(id).then(BigInt);
const configure = async (change: Parameters<typeof configChange>[0]) =>
  accepted(await lone.factory.updateFactoryConfig(configChange(change)));

describe('cycles that a factory may spend', () => {
  it('are those that the platform does not keep back', async () => {
    const health = await lone.factory.getFactoryHealth();
    expect(health.spendable).toBeLessThan(health.cycles);
    // One more than it may spend: refused, although it holds as much.
    const reserve = health.spendable - initial;
    await configure({ reserve });
    const order = await lone.factory.getFactoryHealth();
    expect(order.healthy).toBe(false);
    await configure({ reserve: 500_000_000_000n });
  });
});

describe('a top-up', () => {
  it('reaches the contract, and is written down twice', async () => {
    const before = await held(contract);
    const topUp = accepted(await lone.factory.topUpContract(contract, AMOUNT));
    expect(topUp).toMatchObject({ cycles: AMOUNT, state: { Sent: null } });
    expect((await held(contract)) - before).toBe(AMOUNT);
    const { topUps } = await lone.factory.getTopUps([], [1]);
    expect(topUps).toEqual([topUp]);
    const { entries } = await lone.factory.getAdministrationLog([], [1]);
    expect(entries[0]).toMatchObject({ method: 'topUpContract' });
  });

  it('is for operators and administrators, unless the settings say otherwise', async () => {
    const stranger = as(createIdentity('stranger'));
    const ask = (actor: typeof stranger) => actor.topUpContract(contract, AMOUNT);
    expect(refusalCode(await ask(stranger))).toBe('factory.not_owner_or_contract');
    expect(refusalCode(await ask(as(owner)))).toBe('factory.top_up_closed');
    await configure({ topUpByOwners: true });
    // It holds what it began with.
    expect(refusalCode(await ask(as(owner)))).toBe('factory.top_up_not_needed');
    expect(refusalCode(await ask(stranger))).toBe('factory.not_owner_or_contract');
    await configure({ topUpByOwners: false });
    expect(await lone.factory.getFactoryConfig()).toMatchObject({ topUpByOwners: false });
  });

  it('stays within the quotas of the contract, of the day, and of the reserve', async () => {
    const ask = (cycles: bigint) => lone.factory.topUpContract(contract, cycles);
    expect(refusalCode(await ask(1n))).toBe('factory.top_up_too_small');
    await configure({ topUpPerContract: 2n * AMOUNT });
    expect(refusalCode(await ask(3n * AMOUNT))).toBe('factory.top_up_quota');
    accepted(await ask(2n * AMOUNT));
    expect(refusalCode(await ask(AMOUNT))).toBe('factory.top_up_quota');
    await rest(86_401_000);
    accepted(await ask(AMOUNT));
    await configure({ topUpPerDay: AMOUNT });
    expect(refusalCode(await ask(AMOUNT))).toBe('factory.top_up_quota');
    await configure({ topUpPerDay: 10n * initial, topUpPerContract: initial });
    const { spendable } = await lone.factory.getFactoryHealth();
    await configure({ reserve: spendable });
    expect(refusalCode(await ask(AMOUNT))).toBe('factory.reserve_low');
    await configure({ reserve: 500_000_000_000n });
  });

  it.skipIf(inject('replicaIsReal'))(
    'that nobody heard the end of keeps its quota, and is not sent again',
    async () => {
      await configure({ topUpPerContract: AMOUNT });
      const fault = { from: lone.id, method: 'deposit_cycles' };
      const network = instanceIdOf(lone.pic);
      await addFault(url, network, { ...fault, action: { kind: 'trap-callback' } });
      const before = await held(contract);
      await expect(lone.factory.topUpContract(contract, AMOUNT)).rejects.toThrow();
      await lone.pic.tick(3);
      const { topUps } = await lone.factory.getTopUps([], [1]);
      expect((await held(contract)) - before).toBe(AMOUNT);
      expect(topUps[0]!.cycles).toBe(AMOUNT);
      expect(refusalCode(await lone.factory.topUpContract(contract, AMOUNT))).toBe(
        'factory.top_up_quota',
      );
      await configure({ topUpPerContract: initial });
    },
  );
});

describe('a retirement', () => {
  async function retired(name = 'Made') {
    accepted(await as(owner).retireContract(contract, name));
    for (let round = 0; round < 10; round += 1) {
      await lone.pic.advanceTime(61_000);
      await lone.pic.tick(5);
      const [retirement] = accepted(await lone.factory.getRetirement(contract));
      if (!('Asking' in retirement!.state || 'Stopping' in retirement!.state)) return retirement!;
    }
    throw new Error('The retirement does not end');
  }

  async function expectRetired() {
    const info = accepted(await lone.factory.getContractInfo(contract));
    expect(info).toMatchObject({ status: 'retired', isPublic: false, managed: true });
    await expect(actorFor(lone.pic, TokenContract, contract).icrc1_name()).rejects.toThrow();
  }

  it('brings cycles back, stops the contract, and leaves it on its owner’s list', async () => {
    const before = await held(lone.id);
    const { state, reclaimed } = await retired();
    expect(state).toEqual({ Retired: null });
    expect(reclaimed).toBeGreaterThan((initial * 8n) / 10n);
    expect((await held(lone.id)) - before).toBeGreaterThan(reclaimed - SLACK);
    await expectRetired();
    const { contracts } = await lone.factory.getMyContracts(owner.getPrincipal(), []);
    const mine = contracts.find(({ contract: { id } }) => id.toText() === contract.toText());
    expect(mine?.contract.status).toBe('retired');
    const shown = await lone.factory.getPublicContracts([]);
    expect(shown.contracts.map(({ id }) => id.toText())).not.toContain(contract.toText());
    const { byStatus } = await lone.factory.getFactoryHealth();
    expect(byStatus.find(({ name }) => name === 'retired')!.contracts).toBeGreaterThan(0);
    const refused = await as(owner).requestUpgrade([contract], []);
    expect(refusalCode(refused)).toBe('factory.retired');
    expect(refusalCode(await lone.factory.topUpContract(contract, AMOUNT))).toBe('factory.retired');
    accepted(await lone.factory.checkIndexes());
    await rest();
    const [check] = (await lone.factory.getFactoryHealth()).indexes;
    expect(check).toMatchObject({ sets: 0, rows: 0, surplus: 0 });
  });

  it('is for the owner, who repeats the name', async () => {
    const stranger = as(createIdentity('stranger'));
    expect(refusalCode(await stranger.retireContract(contract, 'Made'))).toBe(
      'factory.not_the_owner',
    );
    expect(refusalCode(await as(owner).retireContract(contract, 'Other'))).toBe(
      'factory.retirement_unconfirmed',
    );
    accepted(await as(owner).releaseFromFactory(contract));
    expect(refusalCode(await as(owner).retireContract(contract, 'Made'))).toBe('factory.unmanaged');
  });

  it('is undone by an owner who starts the contract again', async () => {
    await retired();
    expect(refusalCode(await as(owner).returnToFactory(contract))).toBe('factory.retired');
    await lone.pic.startCanister({ canisterId: contract, sender: owner.getPrincipal() });
    accepted(await as(owner).returnToFactory(contract));
    const token = actorFor(lone.pic, TokenContract, contract);
    token.setIdentity(owner);
    // The contract is asked for what it is when it next reports.
    accepted(await token.setVisibility(false));
    await rest();
    const info = accepted(await lone.factory.getContractInfo(contract));
    expect(info).toMatchObject({ status: 'active', isPublic: false });
  });

  const METHODS = ['canister_status', 'returnCycles', 'stop_canister'];
  const KINDS = ['lose-answer', 'trap-callback'] as const;
  it
    .skipIf(inject('replicaIsReal'))
    .each(METHODS.flatMap((method) => KINDS.map((kind) => [method, kind] as const)))(
    'ends all the same when a call is lost: %s, %s',
    async (method, kind) => {
      const network = instanceIdOf(lone.pic);
      await addFault(url, network, { from: lone.id, method, action: { kind } });
      expect((await retired()).state).toEqual({ Retired: null });
      await expectRetired();
    },
  );
});
