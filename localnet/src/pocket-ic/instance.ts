import { Network, type SubnetSpec } from '../replica/index.ts';
import { AutoProgress } from './auto-progress.ts';
import { printedLine } from './printed-line.ts';

/** Is told, line by line, what canisters print. */
export type PrintLine = (line: string) => void;

/** One network of a server. Its operations run one after another, in order of arrival. */
export class Instance {
  readonly network: Network;
  readonly autoProgress: AutoProgress;
  #last: Promise<unknown> = Promise.resolve();

  /** @param print Where canisters print; null for nowhere. */
  constructor(subnets: readonly SubnetSpec[], print: PrintLine | null) {
    this.network = new Network({ subnets });
    if (print) {
      this.network.setPrint((canister, line) => {
        print(printedLine(this.network.now, canister, line));
      });
    }
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
