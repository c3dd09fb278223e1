import { nodeKeys, type SubnetInfo, type SubnetKind } from '../replica/index.ts';
import { encodeCbor } from '../web/cbor.ts';
import { node, type StateNode, type StateTree, textLeaf } from './state-tree.ts';

/** The type that each kind has in the registry. */
const TYPES: Readonly<Record<SubnetKind, string>> = {
  NNS: 'system',
  II: 'system',
  Bitcoin: 'system',
  System: 'system',
  SNS: 'application',
  Fiduciary: 'application',
  Application: 'application',
  VerifiedApplication: 'verified_application',
};

/** `/subnet`: what the subnet `own` certifies of all of them. Of its own it lists the nodes. */
export function subnetState(subnets: readonly SubnetInfo[], own: SubnetInfo): StateNode {
  return node(
    subnets.map((subnet) => {
      const facts: [string, StateTree][] = [
        ['public_key', subnet.publicKey],
        ['type', textLeaf(TYPES[subnet.kind])],
        ['canister_ranges', rangesLeaf(subnet)],
      ];
      if (subnet === own) facts.push(['node', nodesState(subnet)]);
      return [subnet.id, node(facts)];
    }),
  );
}

/** `/canister_ranges`: the ranges of each subnet, below the first canister id of the first of them. */
export function rangesState(subnets: readonly SubnetInfo[]): StateNode {
  return node(
    subnets.map((subnet) => {
      const starts = subnet.ranges.map(({ start }) => start).sort((a, b) => Buffer.compare(a, b));
      return [subnet.id, node([[starts[0]!, rangesLeaf(subnet)]])];
    }),
  );
}

function rangesLeaf({ ranges }: SubnetInfo): Uint8Array {
  const sorted = [...ranges].sort((a, b) => Buffer.compare(a.start, b.start));
  return encodeCbor(sorted.map(({ start, end }) => [start, end]));
}

function nodesState({ seed, size }: SubnetInfo): StateNode {
  return node(
    Array.from({ length: size }, (_, index) => {
      const { id, publicKey } = nodeKeys(seed, index);
      return [id, node([['public_key', publicKey]])];
    }),
  );
}
