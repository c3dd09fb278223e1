import type { Network } from '../replica/index.ts';

/** Pause between rounds when the client names none, in milliseconds. */
const DEFAULT_DELAY = 100;

/** Keeps a network's time at the wall clock and its rounds going. */
export class AutoProgress {
  readonly #network: Network;
  readonly #run: (round: () => void) => Promise<void>;
  #timer: NodeJS.Timeout | null = null;

  /** @param run Runs a round in its turn among the network's other operations. */
  constructor(network: Network, run: (round: () => void) => Promise<void>) {
    this.#network = network;
    this.#run = run;
  }

  get active(): boolean {
    return this.#timer !== null;
  }

  /** @param delay Pause between rounds in milliseconds. */
  start(delay = DEFAULT_DELAY): void {
    this.stop();
    const next = (): void => {
      const timer = setTimeout(() => {
        void this.#run(() => {
          this.#round();
        }).finally(() => {
          if (this.#timer === timer) next();
        });
      }, delay);
      this.#timer = timer;
    };
    next();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #round(): void {
    const wall = BigInt(Date.now()) * 1_000_000n;
    if (wall > this.#network.now) this.#network.setTime(wall);
    this.#network.tick();
  }
}
