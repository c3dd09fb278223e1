import { setTimer, setTimerInterval } from 'azle';

/** Runs `callback` once, `seconds` from now; lost by an upgrade. Whole seconds: fractions are cut. */
export const after = (seconds: number, callback: () => void | Promise<void>): void =>
  void setTimer(seconds, callback);

/** Runs `callback` every `seconds`, from `seconds` from now on; lost by an upgrade. */
export const every = (seconds: number, callback: () => void | Promise<void>): void =>
  void setTimerInterval(seconds, callback);
