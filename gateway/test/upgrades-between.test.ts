import { addFault, clearFaults, instanceIdOf, type FaultAction } from '@fabrica/localnet';
import {
  accepted,
  ADMINISTRATOR,
  BALANCED,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  requestIdOf,
  tokenOrder,
  untilQuiet,
  upgradeBuilt,
  type System,
} from '@fabrica/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

type State = 'Deployed' | 'Refunded' | 'Refused';

const REQUEST = requestIdOf('over the bridge');
const unknown: FaultAction = { kind: 'reject', code: 5, message: 'it said no more' };

let system: System;
let users = 0;

// Faults are localnet's own.
describe.skipIf(inject('replicaIsReal'))('an order whose gateway is upgraded', () => {
  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
  });

  afterAll(async () => {
    await system.pic.tearDown();
  });

  describe.each<[string, FaultAction]>([
    ['had its answer lost', { kind: 'lose-answer' }],
    ['was answered, and the gateway trapped on it', { kind: 'trap-callback' }],
    ['may not have arrived', unknown],
  ])('after a call that %s, ends well,', (_, action) => {
    it.each<[string, string, State[]]>([
      ['was checked', 'validateOrder', ['Refused']],
      ['was being charged', 'icrc2_transfer_from', ['Deployed']],
      ['was being made', 'createContract', ['Deployed', 'Refunded']],
      ['was being cancelled', 'cancelDeployment', ['Refunded']],
      ['was being refunded', 'icrc1_transfer', ['Refunded']],
    ])('if it came while the order %s', async (_, method, ends) => {
      users += 1;
      const { approve, refundIfFailed } = accepted(await system.gateway.quote('token', []));
      // Enough to be charged twice, so that only the gateway prevents it.
      const means = { funds: 2n * approve, approved: 2n * approve };
      const user = await newUser(system, `user ${users}`, means);
      if (method === 'cancelDeployment' || method === 'icrc1_transfer')
        await fault('createContract', unknown, 1);
      await fault(method, action, 'all');
      const order = orderOf(tokenOrder(user.principal), { requestId: REQUEST });
      // A trap in the gateway's callback looks like a rejection from outside.
      await user.gateway.createContract(order).catch((error: unknown) => {
        expect(String(error)).toMatch(/trap/i);
      });

      const { pic, ids } = system;
      const canister = { canisterId: ids.gateway, sender: ADMINISTRATOR.getPrincipal() };
      await pic.stopCanister(canister);
      await upgradeBuilt(pic, 'gateway', ids.gateway, ADMINISTRATOR);
      await pic.startCanister(canister);
      await clearFaults(inject('replicaUrl'), instanceIdOf(pic));

      await untilQuiet(system);
      const request = accepted(await user.gateway.getRequest(REQUEST, []));
      const [state] = Object.keys(request.state) as [State];
      expect(ends).toContain(state);
      const left = { Deployed: 0n, Refunded: refundIfFailed, Refused: approve }[state];
      expect(await user.balance()).toBe(approve + left);
      const { contracts } = await system.tokenFactory.getMyContracts(user.principal, []);
      expect(contracts).toHaveLength(state === 'Deployed' ? 1 : 0);
      expect(await readBooks(system)).toMatchObject(BALANCED);
    });
  });
});

async function fault(method: string, action: FaultAction, times: number | 'all'): Promise<void> {
  const rule = { from: system.ids.gateway, method, action, times };
  await addFault(inject('replicaUrl'), instanceIdOf(system.pic), rule);
}
