import { type Certify, type Network, type SubnetInfo, subnetKeys } from '../replica/index.ts';
import { encodeCbor } from '../web/cbor.ts';
import { signBls } from './bls.ts';
import { canisterState } from './canister-state.ts';
import { type HashTree, rootHash } from './hash-tree.ts';
import { requestState } from './request-state.ts';
import { natLeaf, node, type Path, path, type StateNode } from './state-tree.ts';
import { rangesState, subnetState } from './subnet-state.ts';
import { witness } from './witness.ts';

/**
 * Where a delegation shows the canister ids of its subnet: `subnet` is `/subnet/<id>/canister_ranges`, for v2
 * endpoints and the v3 call; `ranges` is `/canister_ranges/<id>`, for later ones.
 */
export type DelegationLayout = 'subnet' | 'ranges';

/** What is to be certified. */
export interface CertificateRequest {
  /** The subnet that signs. */
  readonly subnet: SubnetInfo;
  /** The canister whose state is in the tree. */
  readonly canisterId?: Uint8Array;
  /** Its certified data, where it differs from what the canister has now. */
  readonly certifiedData?: Uint8Array;
  /** The request whose status is in the tree. */
  readonly requestId?: Uint8Array;
  /** What is shown, beside `/time`. */
  readonly paths: readonly Path[];
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  readonly layout: DelegationLayout;
}

const STATE_ROOT_DOMAIN = Buffer.from('\x0Dic-state-root');
/** Nanoseconds for which a delegation is used again. */
const DELEGATION_AGE = 60_000_000_000n;

/** A delegation to a subnet: its id and the root subnet's certificate of its key. */
interface Delegation {
  readonly subnet_id: Uint8Array;
  readonly certificate: Uint8Array;
}

/**
 * Signs certificates for a network. Each is made over a tree of its own that holds all that its
 * readers may ask for: the subnets, and the canister and the request it is about. What nobody may ask
 * for there is left out instead of pruned, which saves hashing the whole state for every certificate.
 */
export class Certifier {
  /** The subnet whose key is the network's root key. */
  readonly root: SubnetInfo;
  readonly #network: Network;
  readonly #subnetStates = new Map<SubnetInfo, StateNode>();
  readonly #rangesState: StateNode;
  readonly #delegations = new Map<string, { readonly time: bigint; readonly made: Delegation }>();
  #latestData: { readonly key: string; readonly certificate: Uint8Array } | null = null;

  constructor(network: Network) {
    this.#network = network;
    const rootKey = Buffer.from(network.rootKey);
    this.root = network.topology.find(({ publicKey }) => rootKey.equals(publicKey))!;
    this.#rangesState = rangesState(network.topology);
  }

  /** A certificate in CBOR. */
  certificate(request: CertificateRequest): Uint8Array {
    const { subnet, paths, time, layout } = request;
    const tree = witness(this.#state(request), [path('time'), ...paths]);
    if (subnet === this.root) return seal(tree, subnet, null);
    return seal(tree, subnet, this.#delegation(subnet, time, layout));
  }

  /** The certificate that a canister finds by `data_certificate`. The latest is kept. */
  readonly certifyData: Certify = ({ canisterId, certifiedData, time }) => {
    const parts = [canisterId, certifiedData].map((bytes) => Buffer.from(bytes).toString('hex'));
    const key = [...parts, time].join('/');
    if (this.#latestData?.key !== key) {
      const certificate = this.certificate({
        subnet: this.#network.subnetHosting(canisterId)!,
        canisterId,
        certifiedData,
        paths: [path('canister', canisterId, 'certified_data')],
        time,
        layout: 'subnet',
      });
      this.#latestData = { key, certificate };
    }
    return this.#latestData.certificate;
  };

  #state({ subnet, canisterId, certifiedData, requestId, time }: CertificateRequest): StateNode {
    const network = this.#network;
    const canisters: [Uint8Array, StateNode][] = [];
    if (canisterId && network.canisterExists(canisterId)) {
      const facts = network.canisterFacts(canisterId);
      const state = canisterState({ ...facts, ...(certifiedData && { certifiedData }) });
      canisters.push([canisterId, state]);
    }
    const request = requestId && requestState(network.ingressStatus(requestId));
    return node([
      ['time', natLeaf(time)],
      ['subnet', this.#subnetState(subnet)],
      ['canister_ranges', this.#rangesState],
      ['canister', node(canisters)],
      ['request_status', node(requestId && request ? [[requestId, request]] : [])],
    ]);
  }

  #subnetState(subnet: SubnetInfo): StateNode {
    const state = this.#subnetStates.get(subnet) ?? subnetState(this.#network.topology, subnet);
    this.#subnetStates.set(subnet, state);
    return state;
  }

  #delegation(subnet: SubnetInfo, time: bigint, layout: DelegationLayout): Delegation {
    const name = `${layout}/${Buffer.from(subnet.id).toString('hex')}`;
    const known = this.#delegations.get(name);
    if (known && known.time <= time && time - known.time < DELEGATION_AGE) return known.made;
    const ranges =
      layout === 'subnet'
        ? path('subnet', subnet.id, 'canister_ranges')
        : path('canister_ranges', subnet.id);
    const certificate = this.certificate({
      subnet: this.root,
      paths: [path('subnet', subnet.id, 'public_key'), ranges],
      time,
      layout,
    });
    const made = { subnet_id: subnet.id, certificate };
    this.#delegations.set(name, { time, made });
    return made;
  }
}

function seal(tree: HashTree, { seed }: SubnetInfo, delegation: Delegation | null): Uint8Array {
  const message = Buffer.concat([STATE_ROOT_DOMAIN, rootHash(tree)]);
  const signature = signBls(message, subnetKeys(seed).secretKey);
  return encodeCbor({ tree, signature, ...(delegation && { delegation }) });
}
