import {
  accepted,
  newUser,
  openSystem,
  orderOf,
  refusalCode,
  settle,
  tokenOrder,
  type System,
} from '@fabrica/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AuditStorage } from '../src/index.ts';
import { actorFor } from '@fabrica/testing';
import { eventOf, SMALL, writer } from './fixtures/archived-log.ts';

/** As small as it can be; nothing can be archived. */
const FULL = { ...SMALL, enabled: false, atBytes: 10_000n, capacityBytes: 20_000n };

let system: System;

describe('a storage at its capacity', () => {
  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
  });
  afterAll(async () => {
    await system.pic.tearDown();
  });

  test('raises an alert, then refuses; orders go on, and what they told is kept and delivered later', async () => {
    const { audit, ids, pic } = system;
    const whitelist = accepted(await audit.getWhitelist());
    const writers = [...whitelist.writers, writer.getPrincipal()];
    accepted(await audit.setupWhitelist({ ...whitelist, writers }));
    accepted(await audit.configureArchiving(FULL));
    const filler = actorFor(pic, AuditStorage, ids.audit);
    filler.setIdentity(writer);
    let filled = 0;
    let alerted = false;
    for (;;) {
      const events = Array.from({ length: 10 }, (_, at) => eventOf(filled + at));
      const answer = await filler.logEvents(BigInt(filled), events);
      if ('Err' in answer) {
        expect(refusalCode(answer)).toBe('storage.capacity_reached');
        break;
      }
      filled += events.length;
      ({ alert: alerted } = await audit.getStorageHealth());
    }
    expect(alerted).toBe(true);
    const { length } = await audit.getTip();

    const { approve } = accepted(await system.gateway.quote('token', []));
    const user = await newUser(system, 'carol', { funds: approve, approved: approve });
    const receipt = accepted(
      await user.gateway.createContract(orderOf(tokenOrder(user.principal))),
    );
    expect(receipt.contract).toBeDefined();
    await settle(system);
    expect((await audit.getTip()).length).toBe(length);

    accepted(await audit.configureArchiving(SMALL));
    // The gateway tries again after a pause.
    await pic.advanceTime(3_600_000);
    await settle(system);
    await settle(system);
    const { entries } = accepted(await audit.getEntriesByUser(user.principal, [], 10));
    expect(entries.map(({ action }) => action)).toEqual(['contract.deployed', 'payment.charged']);
  });
});
