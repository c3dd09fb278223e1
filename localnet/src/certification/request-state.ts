import type { IngressStatus } from '../replica/index.ts';
import { rejectOf } from './reject.ts';
import { natLeaf, node, type StateNode, textLeaf } from './state-tree.ts';

/** `/request_status/<id>`: what has become of a request; null if it is unknown. */
export function requestState(status: IngressStatus): StateNode | null {
  if (status.state === 'unknown') return null;
  if (status.state === 'pending') return node([['status', textLeaf('processing')]]);
  const { result } = status;
  const reject = rejectOf(result);
  if (reject) {
    return node([
      ['status', textLeaf('rejected')],
      ['reject_code', natLeaf(BigInt(reject.code))],
      ['reject_message', textLeaf(reject.message)],
      ['error_code', textLeaf(reject.errorCode)],
    ]);
  }
  const reply = result.ok && result.kind === 'reply' ? result.reply : new Uint8Array();
  return node([
    ['status', textLeaf('replied')],
    ['reply', reply],
  ]);
}
