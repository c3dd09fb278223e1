import { factoryErrors, factoryMethods, type ContractInfo } from '../../factory/index.ts';
import type { Refused } from '../../errors/index.ts';
import { LEAST_TOP_UP, type TopUp } from '../../model/cycles/top-ups.ts';
import { equal } from '../../store/index.ts';
import type { Outcome } from '../ic/call-raw.ts';
import { depositCycles } from '../management/deposit-cycles.ts';
import { canisterFacts } from '../management/platform.ts';
import type { Context } from '../runtime/context.ts';
import { handle } from '../runtime/handle.ts';
import { refuseAdministrator } from './access.ts';
import { spendable } from './burning.ts';
import { refuseBusy } from './busy.ts';
import type { Kernel } from './kernel.ts';
import { contractOf } from './upgrade-methods.ts';

const MAX_LIMIT = 50;

/**
 * Sends cycles to a contract. The quotas are used before the cycles leave, and given back only if the
 * platform surely refused; what nobody heard the end of is not repeated.
 */
export const topUpContract = (kernel: Kernel) =>
  handle(
    factoryMethods.topUpContract,
    async (contract, cycles, context) => {
      const info = contractOf(kernel, contract);
      if ('Err' in info) return info;
      const { caller: by } = context;
      const operates = refuseAdministrator(kernel, context, 'Operator') === null;
      const refused =
        (operates ? null : refuseOwner(kernel, info.Ok, by)) ??
        refuseTopUp(kernel, info.Ok, cycles, context);
      if (refused !== null) return refused;
      if (!operates) {
        const facts = await canisterFacts(contract);
        if (!facts.ok) return factoryErrors.platform_failed({ reason: facts.failure.message });
        const { topUpBelow: below } = kernel.definition.cycles;
        if (facts.value.cycles >= below) return factoryErrors.top_up_not_needed({ below });
        // Others may have been topped up while we waited.
        const late = refuseTopUp(kernel, info.Ok, cycles, context);
        if (late !== null) return late;
      }
      const { number } = info.Ok;
      const { now: at } = context;
      const topUp = kernel.topUps.begin(number, { contract, cycles, by, at });
      if (operates) {
        const detail = `${cycles} cycles`;
        kernel.administrationLog.append({
          at,
          by,
          method: 'topUpContract',
          subject: contract,
          detail,
        });
      }
      const outcome = await depositCycles(contract, cycles);
      return { Ok: kernel.topUps.end(number, topUp, stateAfter(outcome)) };
    },
    { audience: 'identified' },
  );

/** The cycles that were sent to contracts, newest first. */
export const getTopUps = (kernel: Kernel) =>
  handle(factoryMethods.getTopUps, (cursor, limit) =>
    kernel.topUps.page(cursor, Math.max(1, Math.min(limit ?? MAX_LIMIT, MAX_LIMIT))),
  );

function refuseOwner(
  { topUps }: Kernel,
  { id, owner }: ContractInfo,
  caller: Uint8Array,
): Refused | null {
  if (!equal(id, caller) && !equal(owner, caller)) return factoryErrors.not_owner_or_contract();
  return topUps.quotas.byOwners ? null : factoryErrors.top_up_closed();
}

function refuseTopUp(
  kernel: Kernel,
  info: ContractInfo,
  cycles: bigint,
  { cyclesBalance, now }: Context,
): Refused | null {
  const refused = refuseBusy(kernel, kernel.directory.info(info.number));
  if (refused !== null) return refused;
  if (cycles < LEAST_TOP_UP) return factoryErrors.top_up_too_small({ least: LEAST_TOP_UP });
  const left = kernel.topUps.left(info.number, now);
  if (cycles > left) return factoryErrors.top_up_quota({ left });
  const held = spendable(cyclesBalance, kernel.burning.get());
  const needed = kernel.config.get().reserve + cycles;
  return held < needed ? factoryErrors.reserve_low({ held, needed }) : null;
}

/** A rejected call brings its cycles back, whoever rejected it; only the last code says that nobody knows. */
function stateAfter(outcome: Outcome<null>): TopUp['state'] {
  if (outcome.ok) return { Sent: null };
  const { effect, rejectCode } = outcome.failure;
  return effect === 'none' || (rejectCode > 0 && rejectCode < SYS_UNKNOWN)
    ? { Refused: null }
    : { Unknown: null };
}

/** Source: https://internetcomputer.org/docs/references/ic-interface-spec#reject-codes */
const SYS_UNKNOWN = 6;
