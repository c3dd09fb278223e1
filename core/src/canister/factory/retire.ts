import { factoryErrors, factoryMethods } from '../../factory/index.ts';
import { MAX_OPEN_WORK } from '../../model/open-work.ts';
import type { Retirement } from '../../model/cycles/retirement.ts';
import { handle } from '../runtime/handle.ts';
import { refuseBusy } from './busy.ts';
import type { Kernel } from './kernel.ts';
import { contractOf, ownContract } from './upgrade-methods.ts';

/**
 * Takes a contract out of service: it sends its spare cycles back, is stopped, and is listed as retired. Its
 * owner repeats its name, because nobody who holds something in it is asked. Answers at once;
 * `getRetirement` tells how far it is.
 */
export const retireContract = (kernel: Kernel) =>
  handle(
    factoryMethods.retireContract,
    (contract, name, context) => {
      const info = ownContract(kernel, contract, context.caller);
      if ('Err' in info) return info;
      const { number } = info.Ok;
      const refused = refuseBusy(kernel, info.Ok);
      if (refused !== null) return refused;
      if (name !== info.Ok.name) return factoryErrors.retirement_unconfirmed();
      const { retirements } = kernel;
      if (retirements.isFull) return factoryErrors.too_many_retirements({ limit: MAX_OPEN_WORK });
      const state = { Asking: null };
      const since = context.now;
      const record: Retirement = { contract, number, state, since, before: 0n, reclaimed: 0n };
      retirements.save(record);
      kernel.retirer.wake();
      return { Ok: record };
    },
    { audience: 'identified' },
  );

/** How a contract's retirement stands. */
export const getRetirement = (kernel: Kernel) =>
  handle(factoryMethods.getRetirement, (contract) => {
    const info = contractOf(kernel, contract);
    return 'Err' in info ? info : { Ok: kernel.retirements.of(info.Ok.number) };
  });
