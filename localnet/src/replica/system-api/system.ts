import { calledTrap, contractViolation } from '../errors/trap.ts';
import { type SystemCalls, systemCall } from './system-call.ts';

/** Time, timers, counters and words to the developer. */
export const systemCalls: SystemCalls = {
  time: systemCall('->l', '*', (x) => x.environment.time),
  global_timer_set: systemCall('l->l', 'I G U Ry Rt C T', (x, time: bigint) => {
    const old = x.globalTimer ?? x.canister.globalTimer;
    x.globalTimer = BigInt.asUintN(64, time);
    return old;
  }),
  performance_counter: systemCall('i->l', '* s', (x, which: number) => {
    if (which === 0) return BigInt(x.instructions);
    if (which === 1) return BigInt((x.input.context?.instructions ?? 0) + x.instructions);
    throw contractViolation(`Error getting performance counter type ${which}`);
  }),
  debug_print: systemCall('II->', '* s', (x, from: number, size: number) => {
    x.environment.print(x.canister, x.take(from, size));
  }),
  trap: systemCall('II->', '* s', (x, from: number, size: number) => {
    throw calledTrap(new TextDecoder().decode(x.take(from, size)));
  }),
};
