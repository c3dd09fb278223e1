import type { CanisterFacts } from '../replica/index.ts';
import { encodeCbor } from '../web/cbor.ts';
import { node, type StateNode, type StateTree } from './state-tree.ts';

/** `/canister/<id>`: what is certified of a canister. */
export function canisterState({
  controllers,
  moduleHash,
  certifiedData,
  metadata,
}: CanisterFacts): StateNode {
  const entries: [string, StateTree][] = [
    ['certified_data', certifiedData],
    ['controllers', encodeCbor(controllers)],
  ];
  // Without code a canister has neither.
  if (moduleHash) {
    const sections = [...metadata].map(([name, { content }]) => [name, content] as const);
    entries.push(['module_hash', moduleHash], ['metadata', node(sections)]);
  }
  return node(entries);
}
