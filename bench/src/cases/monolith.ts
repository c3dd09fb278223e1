import { bodyEncoder, encoder } from '@fabrica/core/candid';
import { u32 } from '@fabrica/core/store';
import { GatewayService } from '@fabrica/gateway';
import { builtModule } from '@fabrica/testing';
import { openGateway } from '../../../gateway/src/model/gateway.ts';
import { Driver, type World } from '../../../gateway/src/model/orders/drive.ts';
import { AuditEvent } from '../../../gateway/src/peers/audit.ts';
import { Payment } from '../../../gateway/src/peers/invoice.ts';
import { Monolith } from '../canisters/monolith-service.ts';
import {
  contractKey,
  History,
  monolithSpaces,
  Participants,
  storedContract,
} from '../canisters/monolith-state.ts';
import { bytes, instructions, type CaseGroup } from '../figure.ts';
import { Lab, OPERATOR, principal } from '../lab/lab.ts';
import { load } from '../lab/load.ts';
import { benchModule } from '../lab/modules.ts';
import { PreparedStore } from '../lab/prepared-store.ts';
import { contractId } from './contracts.ts';

/** Contracts, all ordered and paid for at the gateway. */
const CONTRACTS = 10_000;
/** Users, who create fifty contracts each and hold an office in a hundred others. */
const USERS = 200;
/** What each contract has come to hold: people who take part in it, and what happened. */
const PARTICIPANTS = 400;
const EVENTS = 200;
const START = 1_780_000_000_000_000_000n;
const FACTORY = contractId(1_000_001);
const LEDGER = contractId(1_000_002);
const ARGS = new Uint8Array(300).fill(7);
const PAGE_BYTES = 4_096;
const LATE = 3_600_000_000_000n;

/** Creator of a contract, and two with an office in it. */
const offices = (number: number): [Uint8Array, Uint8Array, Uint8Array] => [
  principal(number % USERS),
  principal((number + 1 + Math.floor(number / USERS)) % USERS),
  principal((number + 101 + Math.floor(number / USERS)) % USERS),
];
const nameOf = (number: number): string => `Contract ${number}`;
const timeOf = (number: number): bigint => START + BigInt(number) * 1_000_000_000n;

/**
 * One backend that keeps everything beside this design, on the same contracts. What contracts came to hold is in
 * their own canisters here, and in the backend there; what a user's first screen shows is the same.
 */
export const monolith: CaseGroup = {
  name: 'monolith',
  heavy: true,
  async run() {
    const lab = new Lab();
    const user = principal(7);

    const [gateway, stored] = await gatewayWithOrders(lab);
    const ours = await lab.call(GatewayService, gateway, 'getDashboard', [null], user);
    const { Ok } = ours.value as { Ok: { related: { contracts: unknown[] } } };
    full(Ok.related.contracts);

    const [everything, all] = await monolithWithAll(lab);
    const theirs = await lab.call(Monolith, everything, 'getDashboard', [user]);
    const found = theirs.value as { created: number; contracts: unknown[] };
    full(found.contracts);
    if (found.created !== CONTRACTS / USERS) throw new Error(`${found.created} contracts created`);

    return [
      bytes('gateway.stable-bytes-10000', stored),
      instructions('gateway.dashboard-10000', ours.instructions),
      bytes('monolith.stable-bytes-10000', all),
      instructions('monolith.dashboard-10000', theirs.instructions),
    ];
  },
};

function full(contracts: readonly unknown[]): void {
  if (contracts.length !== 50) throw new Error(`A dashboard of ${contracts.length} contracts`);
}

/** A canister, and the bytes of stable memory that its contracts take. */
type Filled = readonly [id: Uint8Array, bytes: number];

/**
 * Loads entries into a canister. @returns the bytes of stable memory that they take, the map's own included: what is
 * reserved in steps of 8 MiB and not used is not counted.
 */
async function filled(
  lab: Lab,
  id: Uint8Array,
  module: Uint8Array,
  entries: PreparedStore,
): Promise<number> {
  const before = touched(lab.network.stableMemory(id));
  await load(lab, id, module, entries);
  return touched(lab.network.stableMemory(id)) - before;
}

/** Bytes of the pages of a memory in which anything stands. */
function touched(memory: Uint8Array): number {
  let pages = 0;
  for (let at = 0; at < memory.length; at += PAGE_BYTES) {
    if (memory.subarray(at, at + PAGE_BYTES).some((byte) => byte !== 0)) pages += 1;
  }
  return pages * PAGE_BYTES;
}

/** The released gateway after all orders were delivered and their factory reported who has to do with them. */
async function gatewayWithOrders(lab: Lab): Promise<Filled> {
  const module = builtModule('gateway').wasm;
  const wiring = {
    administrators: [OPERATOR],
    ledger: LEDGER,
    audit: LEDGER,
    invoice: LEDGER,
    treasury: { owner: OPERATOR, subaccount: null },
  };
  const { id } = await lab.launch(module, encoder(GatewayService.init)([wiring]));

  const store = new PreparedStore();
  const gateway = openGateway(store);
  gateway.factories.register('token', FACTORY, START);
  const driver = new Driver(gateway.journal);
  for (let number = 0; number < CONTRACTS; number += 1) {
    const draft = {
      requestId: requestIdOf(number),
      caller: offices(number)[0],
      factory: 'token',
      factoryCanister: FACTORY,
      ledger: LEDGER,
      price: 100_000_000n,
      ledgerFee: 10_000n,
      args: ARGS,
    };
    const order = gateway.journal.accept(draft, timeOf(number));
    await driver.start(order, worldOf(number));
    gateway.audit.confirmed(2n ** 40n);
    gateway.invoice.confirmed(2n ** 40n);
  }
  for (let number = 0; number < CONTRACTS; number += 1) {
    const reports = offices(number).map((user, at) => ({
      contract: contractId(number),
      user,
      before: 0,
      roles: 1 << at,
      name: nameOf(number),
      since: timeOf(number),
    }));
    const reported = gateway.relationships.report(0, BigInt(number * 3), ROLES, reports);
    if ('Err' in reported) throw new Error(reported.Err.message);
  }
  return [id, await filled(lab, id, module, store)];
}

const ROLES = ['creator', 'signer', 'observer'];

function requestIdOf(number: number): Uint8Array {
  const requestId = new Uint8Array(32).fill(9);
  requestId.set(u32(number));
  return requestId;
}

/** A world in which every call of an order succeeds. */
function worldOf(number: number): World {
  const outcomes: Readonly<Record<string, unknown>> = {
    Validate: { kind: 'valid' },
    Charge: { kind: 'paid', block: BigInt(number) },
    Create: { kind: 'created', contract: contractId(number) },
  };
  return {
    perform: ((effect: string) => Promise.resolve(outcomes[effect])) as World['perform'],
    now: () => timeOf(number) + LATE,
    stopped: () => false,
  };
}

/** The monolith with the same contracts, their orders and trails, and all that they came to hold. */
async function monolithWithAll(lab: Lab): Promise<Filled> {
  const module = await benchModule('monolith.ts', Monolith);
  const { id } = await lab.launch(module);
  const store = new PreparedStore();
  const space = monolithSpaces(store);
  const encodeEvent = bodyEncoder(AuditEvent);
  const encodePayment = bodyEncoder(Payment);
  const participants = bodyEncoder(Participants)(
    Array.from({ length: PARTICIPANTS }, (_, at) => ({
      user: principal(10_000 + at),
      amount: 1_000_000_000n + BigInt(at),
      claimed: 500_000_000n,
      since: START,
    })),
  );
  const history = bodyEncoder(History)(
    Array.from({ length: EVENTS }, (_, at) => ({
      time: START + BigInt(at),
      actor: principal(10_000 + at),
      kind: 'transfer',
      amount: 1_000_000_000n,
    })),
  );
  for (let number = 0; number < CONTRACTS; number += 1) {
    const key = contractKey(number);
    const [creator] = offices(number);
    const row = {
      contract: contractId(number),
      owner: creator,
      factory: 'token',
      name: nameOf(number),
      status: 'active',
      version: '1.0.0',
      createdAt: timeOf(number),
    };
    space.contracts.set(key, storedContract(offices(number), row));
    space.orders.set(key, ARGS);
    space.participants.set(key, participants);
    space.history.set(key, history);
    const trail = ['payment.charged', 'contract.deployed'].map((action) =>
      encodeEvent({
        time: timeOf(number),
        actor: creator,
        action,
        severity: { Info: null },
        subject: creator,
        reference: requestIdOf(number),
        contract: contractId(number),
        factory: 'token',
        detail: '',
      }),
    );
    const payments = (['Charge', 'Earned'] as const).map((kind) =>
      encodePayment({
        time: timeOf(number),
        user: creator,
        reference: requestIdOf(number),
        kind: kind === 'Charge' ? { Charge: null } : { Earned: null },
        ledger: LEDGER,
        amount: 100_000_000n,
        fee: 10_000n,
        block: BigInt(number),
        status: { Completed: null },
        factory: 'token',
        memo: requestIdOf(number),
      }),
    );
    space.trail.set(key, Uint8Array.from([...trail, ...payments].flatMap((one) => [...one])));
  }
  space.length.set(new Uint8Array(), u32(CONTRACTS));
  return [id, await filled(lab, id, module, store)];
}
