import { factoryErrors, factoryMethods } from '../../factory/index.ts';
import type { Deployment } from '../../model/deployment.ts';
import { binary } from '../../store/index.ts';
import { handle } from '../runtime/handle.ts';
import { refuseGateway } from './access.ts';
import { deploy } from './deploy.ts';
import type { Kernel } from './kernel.ts';
import { orderReader } from './orders.ts';
import { readiness } from './readiness.ts';

/** Says whether an order would be taken; the gateway asks before it charges. */
export const validateOrder = (kernel: Kernel) => {
  const readOrder = orderReader(kernel.definition);
  return handle(factoryMethods.validateOrder, (owner, bytes, context) => {
    const read = readOrder(owner, bytes, context.now);
    if ('Err' in read) return read;
    const ready = readiness(kernel, context.cyclesBalance);
    if ('Err' in ready) return ready;
    const { name, notes } = read.Ok;
    return { Ok: { name, notes, version: ready.Ok.version } };
  });
};

/**
 * Makes the contract of a paid request. The same request never makes two: asked again, it answers what
 * became of it. While the answer is `factory.deployment_under_way` nothing is decided yet.
 */
export const createContract = (kernel: Kernel) => {
  const readOrder = orderReader(kernel.definition);
  return handle(
    factoryMethods.createContract,
    async (owner, bytes, payment, context) => {
      const refused = refuseGateway(kernel, context);
      if (refused !== null) return refused;
      const known = kernel.deployments.get(payment.requestId);
      if (known !== null) return answerKnown(kernel, known);
      const read = readOrder(owner, bytes, context.now);
      if ('Err' in read) return read;
      const ready = readiness(kernel, context.cyclesBalance);
      if ('Err' in ready) return ready;

      const deployment: Deployment = {
        state: { Creating: null },
        owner,
        version: ready.Ok.version,
        moduleHash: ready.Ok.moduleHash,
        order: bytes,
        startedAt: context.now,
      };
      const lock = binary(payment.requestId);
      kernel.running.set(lock, context.now);
      try {
        const job = { key: payment.requestId, deployment, read: read.Ok, module: ready.Ok };
        return await deploy(kernel, job, context);
      } finally {
        kernel.running.delete(lock);
      }
    },
    { audience: 'canisters' },
  );
};

function answerKnown(kernel: Kernel, { state }: Deployment) {
  if ('Done' in state) return { Ok: kernel.directory.info(state.Done) };
  if ('Failed' in state) return { Err: state.Failed };
  if ('Cancelled' in state) return factoryErrors.deployment_cancelled();
  return factoryErrors.deployment_under_way();
}
