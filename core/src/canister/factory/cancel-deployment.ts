import { factoryErrors, factoryMethods } from '../../factory/index.ts';
import { cancelStep, type Deployment } from '../../model/deployment.ts';
import { binary } from '../../store/index.ts';
import { handle } from '../runtime/handle.ts';
import { refuseGateway } from './access.ts';
import { count, handOver } from './deploy.ts';
import type { Kernel } from './kernel.ts';
import { orderReader } from './orders.ts';

/**
 * Settles a request whose answer the gateway never got: `Deployed` with the contract, or `Cancelled`,
 * after which the factory will never carry it out. Final either way, and the same when asked again.
 */
export const cancelDeployment = (kernel: Kernel) => {
  const readOrder = orderReader(kernel.definition);
  return handle(
    factoryMethods.cancelDeployment,
    async (key, context) => {
      const refused = refuseGateway(kernel, context);
      if (refused !== null) return refused;
      const lock = binary(key);
      if (kernel.running.has(lock)) return factoryErrors.deployment_under_way();
      const deployment = kernel.deployments.get(key);
      const step = cancelStep(deployment?.state ?? null);
      switch (step.kind) {
        case 'deployed':
          return { Ok: { Deployed: kernel.directory.info(step.number).id } };
        case 'cancelled':
          return { Ok: { Cancelled: null } };
        case 'cancel':
          cancel(key, deployment, step.spare, context.now);
          return { Ok: { Cancelled: null } };
        case 'finish': {
          const unfinished = deployment!;
          const read = readOrder(unfinished.owner, unfinished.order, unfinished.startedAt);
          if ('Err' in read) return read;
          const module = { version: unfinished.version, moduleHash: unfinished.moduleHash };
          const job = {
            key,
            deployment: unfinished,
            read: read.Ok,
            module: { ...module, chunks: [], notes: '', stable: true },
          };
          kernel.running.set(lock, context.now);
          try {
            const finished = await handOver(kernel, job, step.canister, context);
            return 'Err' in finished ? finished : { Ok: { Deployed: finished.Ok.id } };
          } finally {
            kernel.running.delete(lock);
          }
        }
      }
    },
    { audience: 'canisters' },
  );

  function cancel(
    key: Uint8Array,
    deployment: Deployment | null,
    spare: Uint8Array | null,
    now: bigint,
  ): void {
    const nothing = new Uint8Array();
    const blank = { owner: nothing, version: '', moduleHash: nothing, startedAt: now };
    kernel.deployments.set(key, {
      ...(deployment ?? blank),
      order: nothing,
      state: { Cancelled: null },
    });
    if (deployment !== null) count(kernel, { underWay: -1, failed: 1 });
    if (spare !== null) kernel.spares.push(spare);
  }
};
