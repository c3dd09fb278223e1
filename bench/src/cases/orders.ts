import { executions, instanceIdOf, type NumberedExecution } from '@fabrica/localnet';
import {
  accepted,
  newUser,
  openSystem,
  orderOf,
  settle,
  startReplica,
  tokenOrder,
  type System,
} from '@fabrica/testing';
import { instructions, type CaseGroup } from '../figure.ts';
import { total } from '../lab/lab.ts';

/** A whole system on its own network: paid orders, and what the factory does for one. */
export const orders: CaseGroup = {
  name: 'orders',
  heavy: false,
  async run() {
    const replica = await startReplica();
    try {
      const system = await openSystem(replica.url);
      const instance = instanceIdOf(system.pic);
      const all = await executions(replica.url, instance);
      const init = (name: 'gateway' | 'tokenFactory') =>
        total(
          all.executions.filter(
            ({ canister, kind }) => canister === system.ids[name].toText() && kind === 'init',
          ),
        );
      // The first order also reads what is then kept on the heap.
      await order(system, 'first');
      const { next: since } = await executions(replica.url, instance);
      await order(system, 'second');
      const log = await executions(replica.url, instance, { since });
      const of = (name: 'gateway' | 'tokenFactory', counts: (one: NumberedExecution) => boolean) =>
        total(
          log.executions.filter((one) => one.canister === system.ids[name].toText() && counts(one)),
        );
      return [
        instructions('gateway.init', init('gateway')),
        instructions('core.factory-init', init('tokenFactory')),
        instructions(
          'gateway.paid-order',
          of('gateway', ({ kind }) => kind !== 'query' && kind !== 'inspect'),
        ),
        instructions(
          'core.create-contract',
          of('tokenFactory', ({ method }) => method === 'createContract'),
        ),
      ];
    } finally {
      await replica.close();
    }
  },
};

/** One paid order of a new user, and all that follows from it. */
async function order(system: System, name: string): Promise<void> {
  const { approve } = accepted(await system.gateway.quote('token', []));
  const user = await newUser(system, name, { funds: approve, approved: approve });
  accepted(await user.gateway.createContract(orderOf(tokenOrder(user.principal))));
  await settle(system);
  await settle(system);
}
