import { Certifier } from '../certification/index.ts';
import type { Network } from '../replica/index.ts';
import { AutoProgress } from './auto-progress.ts';
import { CanisterNames } from './canister-names.ts';
import { printedLine } from './printed-line.ts';
import { ReplayGuard } from './replay-guard.ts';
import { Usage } from './usage.ts';

/** Is told, line by line, what canisters print. */
export type PrintLine = (line: string) => void;

/** One network of a server. Its operations run one after another, in order of arrival. */
export class Instance {
  readonly network: Network;
  readonly certifier: Certifier;
  readonly autoProgress: AutoProgress;
  /** Signed calls taken in. */
  readonly replays = new ReplayGuard();
  readonly names: CanisterNames;
  readonly usage: Usage;
  #last: Promise<unknown> = Promise.resolve();

  /** @param print Where canisters print; null for nowhere. */
  constructor(network: Network, print: PrintLine | null) {
    this.network = network;
    this.names = new CanisterNames(network);
    this.usage = new Usage(network.executions);
    this.certifier = new Certifier(this.network);
    this.network.setCertify(this.certifier.certifyData);
    if (print) {
      this.network.setPrint((canister, line) => {
        print(printedLine(this.network.now, canister, this.names.of(canister), line));
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
    this.names.close();
  }
}
