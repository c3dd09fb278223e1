import { configChange, accepted, refusalCode, tokenOrder } from '@fabrica/testing';
import { createIdentity } from '@hadronous/pic';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { openTokenFactory, paymentOf, type LoneFactory } from './fixtures/factory.ts';

const owner = createIdentity('owner').getPrincipal();
const order = tokenOrder(owner);

let lone: LoneFactory;
/** Contracts there were before the test. */
let made: number;

beforeAll(async () => {
  lone = await openTokenFactory(inject('replicaUrl'));
});

afterAll(async () => {
  await lone.pic.tearDown();
});

beforeEach(async () => {
  made = (await lone.factory.getFactoryHealth()).contracts;
});

afterEach(async () => {
  expect(await lone.factory.getFactoryHealth()).toMatchObject({ underWay: 0, spares: 0 });
});

describe('a request', () => {
  it('makes one contract, however often it is sent', async () => {
    const payment = paymentOf();
    const first = accepted(await lone.ordering.createContract(owner, order, payment));
    expect(accepted(await lone.ordering.createContract(owner, order, payment))).toEqual(first);
    expect(await lone.factory.getFactoryHealth()).toMatchObject({ contracts: made + 1 });
  });

  it('that is cancelled after it was carried out names its contract', async () => {
    const payment = paymentOf();
    const { id } = accepted(await lone.ordering.createContract(owner, order, payment));
    for (let again = 0; again < 2; again += 1) {
      const answer = accepted(await lone.ordering.cancelDeployment(payment.requestId));
      expect(answer).toEqual({ Deployed: id });
    }
  });

  it('that is cancelled before it comes is never carried out', async () => {
    const payment = paymentOf();
    for (let again = 0; again < 2; again += 1) {
      const answer = accepted(await lone.ordering.cancelDeployment(payment.requestId));
      expect(answer).toEqual({ Cancelled: null });
    }
    expect(refusalCode(await lone.ordering.createContract(owner, order, payment))).toBe(
      'factory.deployment_cancelled',
    );
    expect(await lone.factory.getFactoryHealth()).toMatchObject({ contracts: made });
  });

  it('is refused while the factory is paused, and taken when it is not', async () => {
    const payment = paymentOf();
    accepted(await lone.factory.updateFactoryConfig(configChange({ paused: true })));
    expect(refusalCode(await lone.ordering.createContract(owner, order, payment))).toBe(
      'factory.paused',
    );
    accepted(await lone.factory.updateFactoryConfig(configChange({ paused: false })));
    accepted(await lone.ordering.createContract(owner, order, payment));
  });

  it('is checked again, whatever the gateway checked', async () => {
    const nameless = tokenOrder(owner, { name: '' });
    expect(refusalCode(await lone.ordering.createContract(owner, nameless, paymentOf()))).toBe(
      'token.name_length',
    );
    const noise = Uint8Array.of(1, 2, 3);
    expect(refusalCode(await lone.ordering.createContract(owner, noise, paymentOf()))).toBe(
      'factory.order_undecodable',
    );
    expect(await lone.factory.getFactoryHealth()).toMatchObject({ contracts: made });
  });
});
