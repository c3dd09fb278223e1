import { factoryErrors, type ContractInfo } from '../../factory/index.ts';
import type { Refused } from '../../errors/index.ts';
import { RETIRED } from '../../model/cycles/retired.ts';
import type { RetirementBook } from '../../model/cycles/retirement.ts';
import type { HandoverBook } from '../../model/handover.ts';
import type { UpgradeBook } from '../../model/upgrades/index.ts';

/** What the factory does with contracts, one thing at a time with each. */
export interface Works {
  readonly upgrades: UpgradeBook;
  readonly handovers: HandoverBook;
  readonly retirements: RetirementBook;
}

/** `null` if the factory looks after a contract, and is not doing anything with it already. */
export function refuseBusy(
  { upgrades, handovers, retirements }: Works,
  { managed, number, status }: Pick<ContractInfo, 'managed' | 'number' | 'status'>,
): Refused | null {
  if (!managed) return factoryErrors.unmanaged();
  if (status === RETIRED) return factoryErrors.retired();
  if (upgrades.open.includes(number)) return factoryErrors.upgrade_under_way();
  if (handovers.open.includes(number)) return factoryErrors.handover_under_way();
  if (retirements.open.includes(number)) return factoryErrors.retirement_under_way();
  return null;
}
