import { Principal } from '@dfinity/principal';

import { type DelegationLayout, type Path, path } from '../certification/index.ts';
import type { Instance } from '../instances/instance.ts';
import type { Network, SubnetInfo } from '../replica/index.ts';
import type { HttpAnswer } from '../web/http.ts';
import { badRequest, forbidden, notFound } from '../web/request-error.ts';
import { cborAnswer } from './answers.ts';
import { subnetAt } from './effective-canister.ts';
import type { ReadStateContent } from './envelope.ts';

const text = new TextDecoder();

/** Reads the state that a subnet certifies of a canister and of requests to it. */
export function readCanisterState(
  instance: Instance,
  content: ReadStateContent,
  effective: Uint8Array,
  layout: DelegationLayout,
): HttpAnswer {
  const { network } = instance;
  const { paths, sender } = content;
  for (const one of paths) checkPath(network, one, sender, effective);
  const subnet = subnetAt(instance, effective);
  const requests = paths.filter((one) => isBelow(one, 'request_status')).map((one) => one[1]!);
  const [requestId] = requests;
  if (requests.some((id) => Buffer.compare(id, requestId!) !== 0)) {
    throw badRequest('Paths may name the status of one request only.');
  }
  const about = { canisterId: effective, ...(requestId && { requestId }) };
  return certificateAnswer(instance, subnet, paths, layout, about);
}

/** Reads the state that a subnet certifies of all subnets. */
export function readSubnetState(
  instance: Instance,
  { paths }: ReadStateContent,
  subnetId: Uint8Array,
  layout: DelegationLayout,
): HttpAnswer {
  const subnet = instance.network.topology.find(({ id }) => Buffer.compare(id, subnetId) === 0);
  if (!subnet) throw badRequest(`There is no subnet ${textOf(subnetId)}.`);
  for (const one of paths) if (!isPublic(one)) throw invalidPath(one);
  return certificateAnswer(instance, subnet, paths, layout, {});
}

function certificateAnswer(
  { network, certifier }: Instance,
  subnet: SubnetInfo,
  paths: readonly Path[],
  layout: DelegationLayout,
  about: { readonly canisterId?: Uint8Array; readonly requestId?: Uint8Array },
): HttpAnswer {
  const time = network.now;
  return cborAnswer({
    certificate: certifier.certificate({ subnet, ...about, paths, time, layout }),
  });
}

/** A sender may read what is public, its own requests, and of the canister what it has a right to. */
function checkPath(network: Network, one: Path, sender: Uint8Array, effective: Uint8Array): void {
  if (isPublic(one)) return;
  const [, id, name, section] = one;
  if (isBelow(one, 'request_status')) {
    const owner = network.ingressSender(id!);
    if (owner === null || Buffer.compare(owner, sender) === 0) return;
    throw forbidden('The user tries to access Request ID not signed by the caller.');
  }
  if (!isBelow(one, 'canister') || name === undefined) throw invalidPath(one);
  if (Buffer.compare(id!, effective) !== 0) {
    throw badRequest(
      `Effective canister id in URL ${textOf(effective)} does not match requested canister id: ${textOf(id!)}.`,
    );
  }
  const field = text.decode(name);
  if (one.length === 3 && (field === 'module_hash' || field === 'controllers')) return;
  if (one.length !== 4 || field !== 'metadata') throw invalidPath(one);
  if (!network.canisterExists(effective)) return;
  const { metadata, controllers } = network.canisterFacts(effective);
  const asked = text.decode(section);
  if (metadata.get(asked)?.visibility !== 'private') return;
  if (controllers.some((controller) => Buffer.compare(controller, sender) === 0)) return;
  throw forbidden(
    `Custom section ${asked} can only be requested by the controllers of the canister.`,
  );
}

/** `/time`, and all below `/subnet` and `/canister_ranges`. */
function isPublic(one: Path): boolean {
  const [first] = one;
  if (first === undefined) return false;
  const name = text.decode(first);
  return (name === 'time' && one.length === 1) || name === 'subnet' || name === 'canister_ranges';
}

/** Whether a path begins with this label and has another one. */
function isBelow(one: Path, label: string): boolean {
  return one.length > 1 && Buffer.compare(one[0]!, path(label)[0]!) === 0;
}

function invalidPath(one: Path): Error {
  const labels = one.map((label) => Buffer.from(label).toString('hex')).join('/');
  return notFound(`Invalid path requested: ${labels} (labels in hex).`);
}

function textOf(id: Uint8Array): string {
  return Principal.fromUint8Array(id).toText();
}
