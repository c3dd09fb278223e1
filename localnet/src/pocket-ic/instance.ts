import { AutoProgress } from './auto-progress.ts';
import { Network, type SubnetSpec } from '../replica/index.ts';

/** Options of an instance beyond its subnets. */
export interface InstanceOptions {
  readonly subnets: SubnetSpec[];
}

/** One network of a server. Its operations run one after another, in order of arrival. */
export class Instance {
  readonly network: Network;
  readonly autoProgress: AutoProgress;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: InstanceOptions) {
    this.network = new Network(options);
    // PocketIC executes one round before it answers.
    this.network.tick();
    this.autoProgress = new AutoProgress(this.network, (round) => this.run(round));
  }

  /** Runs an operation when all earlier ones have ended, however they ended. */
  run<T>(operation: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(operation);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Ends what runs by itself. */
  close(): void {
    this.autoProgress.stop();
  }
}
