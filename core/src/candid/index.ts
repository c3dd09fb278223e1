export { c, DEFAULT_MAX_BYTES, DEFAULT_MAX_ELEMENTS, type Bound } from './constructors.ts';
export type {
  AgentValue,
  Field,
  FuncValue,
  Infer,
  Input,
  MethodMode,
  Primitive,
  PrimitiveKind,
  Schema,
  SchemaNode,
} from './schema.ts';
export { EncodedBody, EncodedVec } from './encoded.ts';
export { encoder, bodyEncoder, type Inputs } from './encoder.ts';
export { decoder, bodyDecoder, type Decoded } from './decoder.ts';
export { prepareCodecs } from './lazily.ts';
export { CandidError } from './error.ts';
export {
  DEFAULT_LIMITS,
  MAX_LEB_BYTES,
  MAX_METHOD_BYTES,
  MAX_PRINCIPAL_BYTES,
  QUERY_LIMITS,
  UPDATE_LIMITS,
  type Limits,
} from './limits.ts';
export { idlHash, labelId } from './hash.ts';
export {
  compositeQuery,
  query,
  resultsOf,
  service,
  update,
  type Methods,
  type MethodSpec,
  type Result,
  type Service,
} from './service.ts';
export {
  toIdl,
  toIdlArgs,
  toIdlFactory,
  type ActorOf,
  type Idl,
  type InterfaceFactory,
} from './idl.ts';
export { toDid, type DidOptions } from './did.ts';
