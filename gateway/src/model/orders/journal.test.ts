import { describe, expect, test } from 'vitest';

import { isFinal, keyOf, stateOf, type Order } from '../saga/order.ts';
import { end } from '../saga/steps.ts';
import { AuditEvent } from '../../peers/audit.ts';
import { Payment } from '../../peers/invoice.ts';
import { draft, emptyGateway, entriesOf, SECOND, START, user } from '../testing.ts';
import { answerOf } from './answer.ts';
import { Driver, PATIENCE, type World } from './drive.ts';

const contract = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 77, 1, 1);

/** A world in which everything works. */
const happy: World = {
  perform: ((effect: string) =>
    Promise.resolve(
      {
        Validate: { kind: 'valid' },
        Charge: { kind: 'paid', block: 123_456n },
        Create: { kind: 'created', contract },
      }[effect],
    )) as World['perform'],
  now: () => START,
  stopped: () => false,
};

describe('a paid order that goes well', () => {
  test('takes 15 writes and no delete, and leaves less than 1 KB once its events are delivered', async () => {
    const { store, gateway } = emptyGateway();
    const driver = new Driver(gateway.journal);
    await driver.start(gateway.journal.accept(draft(), START), happy);
    store.operations.set = 0;
    store.operations.delete = 0;
    const before = store.bytes;
    const requestId = new Uint8Array(32).fill(9);
    const order = await driver.start(gateway.journal.accept(draft({ requestId }), START), happy);
    expect(stateOf(order)).toBe('Deployed');
    expect(store.operations.set).toBe(15);
    expect(store.operations.delete).toBe(0);

    gateway.audit.confirmed(4n);
    gateway.invoice.confirmed(4n);
    expect([gateway.audit.size, gateway.invoice.size]).toEqual([0, 0]);
    expect(store.bytes - before).toBeLessThan(1_000);
  });
  test('is told as charged, deployed and earned', async () => {
    const { gateway } = emptyGateway();
    const order = await new Driver(gateway.journal).start(
      gateway.journal.accept(draft(), START),
      happy,
    );
    expect(entriesOf(gateway.audit.next(), AuditEvent).map(({ action }) => action)).toEqual([
      'payment.charged',
      'contract.deployed',
    ]);
    const payments = entriesOf(gateway.invoice.next(), Payment);
    expect(payments.map(({ kind }) => Object.keys(kind)[0])).toEqual(['Charge', 'Earned']);
    expect(payments[0]).toMatchObject({
      amount: 100_000_000n,
      fee: 10_000n,
      block: 123_456n,
      memo: keyOf(order),
    });
  });
  test('answers with the contract, the price and the block', async () => {
    const { gateway } = emptyGateway();
    const order = await new Driver(gateway.journal).start(
      gateway.journal.accept(draft(), START),
      happy,
    );
    expect(answerOf(order)).toMatchObject({
      Ok: { contract, price: 100_000_000n, block: 123_456n },
    });
  });
});

describe('requestIds', () => {
  test('find the order of their own caller only', () => {
    const { gateway } = emptyGateway();
    const requestId = Uint8Array.of(1);
    const { number } = gateway.journal.accept(draft({ requestId, caller: user(1) }), START);
    expect(gateway.journal.find(user(1), requestId)?.number).toBe(number);
    expect(gateway.journal.find(user(2), requestId)).toBeNull();
  });
  test('are derived where none is given, and differ', () => {
    const { gateway } = emptyGateway();
    const first = gateway.journal.accept(draft(), START);
    const second = gateway.journal.accept(draft(), START);
    expect(first.requestId).not.toEqual(second.requestId);
    expect(gateway.journal.find(user(1), second.requestId)?.number).toBe(second.number);
  });
});

describe('one order, one message', () => {
  test('the same order taken up twice at once is charged once', async () => {
    const { gateway } = emptyGateway();
    const driver = new Driver(gateway.journal);
    const order = gateway.journal.accept(draft(), START);
    const effects: string[] = [];
    const world: World = {
      ...happy,
      perform: (async (effect: never, of: Order) => {
        effects.push(effect);
        await Promise.resolve();
        return happy.perform(effect, of);
      }) as World['perform'],
    };
    const [first, second] = await Promise.all([
      driver.start(order, world),
      driver.resume(order, world),
    ]);
    expect(stateOf(first)).toBe('Deployed');
    expect(stateOf(second)).toBe('Accepted');
    expect(effects).toEqual(['Validate', 'Charge', 'Create']);
  });
  test('is taken from a message that waits an hour, whose answer then changes nothing', async () => {
    const { gateway } = emptyGateway();
    const driver = new Driver(gateway.journal);
    const order = gateway.journal.accept(draft(), START);
    let answer: (() => void) | undefined;
    const slow: World = {
      ...happy,
      perform: ((effect: never, of: Order) =>
        (effect as string) === 'Create'
          ? new Promise((resolve) => {
              answer = () => resolve(happy.perform(effect, of));
            })
          : happy.perform(effect, of)) as World['perform'],
    };
    const waiting = driver.start(order, slow);
    await new Promise((resolve) => setImmediate(resolve));
    expect(driver.release(order.number, START + PATIENCE - 1n)).toBe(false);
    expect(driver.release(order.number, START + PATIENCE)).toBe(true);
    const found = gateway.journal.at(order.number)!;
    gateway.journal.record(found, end(found, 'Refused', START), START);
    answer?.();
    expect(stateOf(await waiting)).toBe('Refused');
    expect(stateOf(gateway.journal.at(order.number)!)).toBe('Refused');
  });
  test('a trap frees the order for the next message', async () => {
    const { gateway } = emptyGateway();
    const driver = new Driver(gateway.journal);
    const order = gateway.journal.accept(draft(), START);
    const trapping: World = { ...happy, perform: () => Promise.reject(new Error('trap')) };
    await expect(driver.start(order, trapping)).rejects.toThrow('trap');
    expect(driver.isBusy(order.number)).toBe(false);
  });
});

describe('an emergency stop', () => {
  test('ends what charged nothing, and lets the rest lie until it is lifted', async () => {
    const { gateway } = emptyGateway();
    const driver = new Driver(gateway.journal);
    const accepted = gateway.journal.accept(draft(), START);
    const stopped = await driver.start(accepted, { ...happy, stopped: () => true });
    expect(answerOf(stopped)).toMatchObject({ Err: { code: 'gateway.emergency_stop' } });

    let calls = 0;
    const order = gateway.journal.accept(draft(), START);
    const lying = await driver.start(order, { ...happy, stopped: () => (calls += 1) > 2 });
    expect(stateOf(lying)).toBe('Charged');
    expect(isFinal(await driver.resume(lying, happy))).toBe(true);
  });
});

describe('what is due', () => {
  test('leaves an order in hand alone for a minute, then takes the oldest first', () => {
    const { gateway } = emptyGateway();
    gateway.journal.accept(draft(), START);
    gateway.journal.accept(draft(), START + SECOND);
    expect(gateway.journal.due(START, 10)).toEqual({ numbers: [], wait: 60 });
    expect(gateway.journal.due(START + 61n * SECOND, 1).numbers).toEqual([0]);
    expect(gateway.journal.due(START + 61n * SECOND, 10).numbers).toEqual([0, 1]);
  });
});
