import { host, timed } from './host.ts';
import { trap } from './trap.ts';

/** Runs `callback` once, `seconds` from now; lost by an upgrade. Whole seconds: fractions are cut. */
export const after = (seconds: number, callback: () => void | Promise<void>): void =>
  keep(host.setTimer(seconds), callback);

/** Runs `callback` every `seconds`, from `seconds` from now on; lost by an upgrade. */
export const every = (seconds: number, callback: () => void | Promise<void>): void =>
  keep(host.setTimerInterval(seconds), callback);

/** Leaves a callback where the host looks for it when the timer is due. */
function keep(timer: bigint, callback: () => void | Promise<void>): void {
  timed._azleTimerCallbacks ??= {};
  timed._azleTimerCallbacks[timer.toString()] = async () => {
    try {
      await callback();
    } catch (error) {
      trap(error);
    }
  };
}
