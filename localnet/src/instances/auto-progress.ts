import type { Network } from '../replica/index.ts';

/** Pause between rounds when the client names none, in milliseconds. */
const DEFAULT_DELAY = 100;
/** Rounds that follow one another without pause when somebody waits for an answer. */
const HURRIED_ROUNDS = 20;

/** Keeps a network's time at the wall clock and its rounds going. */
export class AutoProgress {
  readonly #network: Network;
  readonly #run: (round: () => void) => Promise<void>;
  #delay = DEFAULT_DELAY;
  #hurried = 0;
  /** The pause before the next round; null while a round is waiting for its turn or running. */
  #pause: NodeJS.Timeout | null = null;
  /** Tells the rounds of this start from those of earlier ones; null when stopped. */
  #started: object | null = null;

  /** @param run Runs a round in its turn among the network's other operations. */
  constructor(network: Network, run: (round: () => void) => Promise<void>) {
    this.#network = network;
    this.#run = run;
  }

  get active(): boolean {
    return this.#started !== null;
  }

  /**
   * Runs a round at once, so that the clock is right from now on, and others by and by. To be called in
   * the network's turn.
   * @param delay Pause between rounds in milliseconds.
   */
  start(delay = DEFAULT_DELAY): void {
    this.stop();
    this.#delay = delay;
    this.#started = {};
    this.#round();
    this.#schedule();
  }

  stop(): void {
    if (this.#pause) clearTimeout(this.#pause);
    this.#pause = null;
    this.#started = null;
  }

  /** Leaves out the pauses of the next rounds, because somebody waits for an answer. */
  hurry(): void {
    this.#hurried = HURRIED_ROUNDS;
    if (this.#pause === null || this.#started === null) return;
    clearTimeout(this.#pause);
    this.#schedule();
  }

  #schedule(): void {
    const started = this.#started;
    const pause = this.#hurried > 0 ? 0 : this.#delay;
    this.#hurried = Math.max(0, this.#hurried - 1);
    this.#pause = setTimeout(() => {
      this.#pause = null;
      void this.#run(() => {
        if (this.#started === started) this.#round();
      }).finally(() => {
        if (this.#started === started) this.#schedule();
      });
    }, pause);
  }

  #round(): void {
    const wall = BigInt(Date.now()) * 1_000_000n;
    if (wall > this.#network.now) this.#network.setTime(wall);
    this.#network.tick();
  }
}
