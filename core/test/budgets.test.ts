import { executions, instanceIdOf } from '@fabrica/localnet';
import {
  accepted,
  builtModule,
  newUser,
  openSystem,
  orderOf,
  tokenOrder,
  type System,
} from '@fabrica/testing';
import type { Principal } from '@dfinity/principal';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

/** Bytes, gzipped. Stock azle: 1.14 MB. */
const MODULE_BYTES = 1_000_000;
/** Instructions of `init`. Stock azle: 1.15 G. */
const CONTRACT_INIT = 200_000_000;
const SERVICE_INIT = 300_000_000;

describe('every module', () => {
  it.each(['token', 'token_factory', 'audit', 'invoice', 'gateway'])(
    'fits its size: %s',
    (name) => {
      expect(builtModule(name).wasm.length).toBeLessThanOrEqual(MODULE_BYTES);
    },
  );
});

// Localnet tells instruction counts; the real PocketIC server does not.
describe.skipIf(inject('replicaIsReal'))('installation', () => {
  let system: System;
  let contract: Principal;

  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
    const { approve } = accepted(await system.gateway.quote('token', []));
    const user = await newUser(system, 'user', { funds: approve, approved: approve });
    const order = orderOf(tokenOrder(user.principal));
    contract = accepted(await user.gateway.createContract(order)).contract;
  });

  afterAll(async () => {
    await system.pic.tearDown();
  });

  it('of a contract stays within its budget', async () => {
    expect(await instructionsOfInit(contract)).toBeLessThanOrEqual(CONTRACT_INIT);
  });

  it.each(['audit', 'invoice', 'gateway', 'tokenFactory'] as const)(
    'stays within the budget of services: %s',
    async (name) => {
      expect(await instructionsOfInit(system.ids[name])).toBeLessThanOrEqual(SERVICE_INIT);
    },
  );

  async function instructionsOfInit(canister: Principal): Promise<number> {
    const log = await executions(inject('replicaUrl'), instanceIdOf(system.pic), { canister });
    const install = log.executions.filter(({ kind }) => kind === 'start' || kind === 'init');
    expect(install.length).toBeGreaterThan(0);
    return install.reduce((sum, { instructions }) => sum + instructions, 0);
  }
});
