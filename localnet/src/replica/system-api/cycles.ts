import { contractViolation, Trap, trapped } from '../errors/trap.ts';
import type { Execution } from '../execution/execution.ts';
import { type SystemCalls, systemCall } from './system-call.ts';

const TRANSFERS = 'U RQ Ry Rt';
const MAX_64 = 0xffff_ffff_ffff_ffffn;

/** Cycles. Calls without `128` fail when the amount does not fit 64 bits. */
export const cyclesCalls: SystemCalls = {
  msg_cycles_available: systemCall('->l', TRANSFERS, (x) => narrow(available(x))),
  msg_cycles_available128: systemCall('I->', TRANSFERS, (x, to: number) => {
    x.give128(available(x), to);
  }),
  msg_cycles_accept: systemCall('l->l', TRANSFERS, (x, most: bigint) =>
    narrow(accept(x, BigInt.asUintN(64, most))),
  ),
  msg_cycles_accept128: systemCall(
    'llI->',
    TRANSFERS,
    (x, high: bigint, low: bigint, to: number) => {
      x.give128(accept(x, wide(high, low)), to);
    },
  ),
  msg_cycles_refunded: systemCall('->l', 'Ry Rt', (x) => narrow(x.input.refund ?? 0n)),
  msg_cycles_refunded128: systemCall('I->', 'Ry Rt', (x, to: number) => {
    x.give128(x.input.refund ?? 0n, to);
  }),
  cycles_burn128: systemCall(
    'llI->',
    'I G U RQ Ry Rt C T',
    (x, high: bigint, low: bigint, to: number) => {
      const burned = smaller(wide(high, low), x.liquid);
      x.balance -= burned;
      x.burned += burned;
      x.give128(burned, to);
    },
  ),
  canister_cycle_balance: systemCall('->l', '*', (x) => narrow(x.balance)),
  canister_cycle_balance128: systemCall('I->', '*', (x, to: number) => {
    x.give128(x.balance, to);
  }),
  canister_liquid_cycle_balance128: systemCall('I->', '*', (x, to: number) => {
    x.give128(x.liquid, to);
  }),
  call_cycles_add: systemCall('l->', 'U Ry Rt T', (x, amount: bigint) => {
    attach(x, BigInt.asUintN(64, amount));
  }),
  call_cycles_add128: systemCall('ll->', 'U Ry Rt T', (x, high: bigint, low: bigint) => {
    attach(x, wide(high, low));
  }),
};

function available(x: Execution): bigint {
  return (x.input.context?.available ?? 0n) - x.accepted;
}

function accept(x: Execution, most: bigint): bigint {
  const amount = smaller(most, available(x));
  x.accepted += amount;
  x.balance += amount;
  return amount;
}

function attach(x: Execution, amount: bigint): void {
  if (x.pending === null) {
    throw contractViolation(`ic0.${x.call} called when no call is under construction.`);
  }
  if (amount > x.liquid) {
    throw new Trap('CanisterContractViolation', `Canister ${x.canister.text} is out of cycles`);
  }
  x.balance -= amount;
  x.pending.cycles += amount;
}

function wide(high: bigint, low: bigint): bigint {
  return (BigInt.asUintN(64, high) << 64n) | BigInt.asUintN(64, low);
}

function narrow(amount: bigint): bigint {
  if (amount > MAX_64) throw trapped('cycles amount exceeds 64-bit representation');
  return amount;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
