import { certify, dataCertificate } from '@fabrica/core/canister';
import type { CertifiedTip } from '../../candid.ts';
import { tipRoot, tipWitness } from '../../model/hash-tree.ts';
import type { Log } from '../../model/log.ts';

/**
 * Has the subnet certify where the log ends. Once a message, after its last append, and after every
 * upgrade, which clears certified data. About 1.4 M instructions.
 */
export function certifyTip(log: Log): void {
  certify(tipRoot(log.tip));
}

/** The end of the log, with its certificate if the running message is a query. */
export function certifiedTip(log: Log): CertifiedTip {
  const { tip } = log;
  return {
    length: BigInt(tip.length),
    hash: tip.hash,
    certificate: dataCertificate(),
    witness: tipWitness(tip),
  };
}
