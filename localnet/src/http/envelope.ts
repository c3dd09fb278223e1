import { decodeCbor } from '../web/cbor.ts';
import { badRequest } from '../web/request-error.ts';
import { CborFields } from './cbor-fields.ts';
import { hashOfMap } from './content-hash.ts';
import { readDelegations, type SignedDelegation } from './delegation.ts';

/** Bytes of a nonce at most. */
const MAX_NONCE = 32;
/** Paths of a `read_state` at most, and labels of each. */
const MAX_PATHS = 1000;
const MAX_LABELS = 127;

interface Common {
  readonly sender: Uint8Array;
  /** Nanoseconds since the epoch. */
  readonly ingressExpiry: bigint;
}

/** The content of a call or query. */
export interface CallContent extends Common {
  readonly type: 'call' | 'query';
  readonly canisterId: Uint8Array;
  readonly method: string;
  readonly arg: Uint8Array;
}

/** The content of a request to read the state tree. */
export interface ReadStateContent extends Common {
  readonly type: 'read_state';
  readonly paths: readonly (readonly Uint8Array[])[];
}

/** What a request asks for. */
export type Content = CallContent | ReadStateContent;

/** A signature and the keys that lead to it. */
export interface Proof {
  /** DER. */
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly delegations: readonly SignedDelegation[];
}

/** A request as it came. */
export interface Envelope {
  readonly content: Content;
  /** The representation-independent hash of the content. */
  readonly requestId: Uint8Array;
  /** Null if it is not signed. */
  readonly proof: Proof | null;
}

/**
 * Reads the body of a request. Checks its form, not its signature.
 * @throws RequestError 400
 */
export function readEnvelope(body: Uint8Array): Envelope {
  const fields = new CborFields(decode(body), 'envelope');
  fields.only('content', 'sender_pubkey', 'sender_sig', 'sender_delegation');
  const content = fields.map('content');
  return {
    content: readContent(content),
    requestId: hashOfMap(content.entries()),
    proof: readProof(fields),
  };
}

function decode(body: Uint8Array): unknown {
  try {
    return decodeCbor(body);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw badRequest(`The body is not valid CBOR: ${why}`, cause);
  }
}

function readContent(fields: CborFields): Content {
  const common = { sender: fields.bytes('sender'), ingressExpiry: fields.u64('ingress_expiry') };
  if (fields.has('nonce') && fields.bytes('nonce').length > MAX_NONCE) {
    throw badRequest(`A nonce has at most ${MAX_NONCE} bytes.`);
  }
  const type = fields.text('request_type');
  if (type === 'read_state') {
    fields.only('request_type', 'sender', 'nonce', 'ingress_expiry', 'paths');
    return { type, ...common, paths: readPaths(fields) };
  }
  if (type !== 'call' && type !== 'query') throw badRequest(`There is no request_type ${type}.`);
  fields.only(
    'request_type',
    'sender',
    'nonce',
    'ingress_expiry',
    'canister_id',
    'method_name',
    'arg',
  );
  return {
    type,
    ...common,
    canisterId: fields.bytes('canister_id'),
    method: fields.text('method_name'),
    arg: fields.bytes('arg'),
  };
}

function readPaths(fields: CborFields): (readonly Uint8Array[])[] {
  return fields.array('paths', MAX_PATHS).map((value) => {
    const wrapped = new CborFields(new Map([['path', value]]), 'paths');
    return wrapped.byteStrings('path', MAX_LABELS);
  });
}

function readProof(fields: CborFields): Proof | null {
  const parts = ['sender_pubkey', 'sender_sig', 'sender_delegation'];
  if (!parts.some((name) => fields.has(name))) return null;
  return {
    publicKey: fields.bytes('sender_pubkey'),
    signature: fields.bytes('sender_sig'),
    delegations: fields.has('sender_delegation') ? readDelegations(fields) : [],
  };
}
