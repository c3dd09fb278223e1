import { certify, dataCertificate } from '@fabrica/core/canister';
import type { CertifiedTip } from '../../candid.ts';
import type { Log } from '../../model/log.ts';

/**
 * Has the subnet certify where the log ends: the certified data is the last entry's hash, which stands
 * for every entry before it. A tree around it, as the interface specification offers for many values,
 * would cost 1.5 M instructions an append and say nothing more.
 *
 * Called once a message, after its last append, and after every upgrade, which clears certified data.
 */
export function certifyTip(log: Log): void {
  certify(log.tip.hash);
}

/** The end of the log, with its certificate if the running message is a query. */
export function certifiedTip(log: Log): CertifiedTip {
  const { length, hash } = log.tip;
  return { length: BigInt(length), hash, certificate: dataCertificate() };
}
