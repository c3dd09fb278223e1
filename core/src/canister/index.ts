/** The canister zone of the kernel: the runtime that methods are written against. */
export type { CallFailure, Outcome } from './ic/call-raw.ts';
export { callRaw } from './ic/call-raw.ts';
export { openMemory } from './ic/stable-map.ts';
export { certify, dataCertificate } from './ic/system.ts';
export { call } from './runtime/call.ts';
export { canister, type CanisterDefinition, type Ingress } from './runtime/canister.ts';
export type { Context } from './runtime/context.ts';
export { EncodedReply, handle, type Audience, type Handler, type Logic } from './runtime/handle.ts';
export { worker, type Worker } from './runtime/worker.ts';
export {
  contractBase,
  type ContractOptions,
  type ContractSpaces,
} from './contract/contract-base.ts';
export type { HolderPages } from './contract/reporter.ts';
export { factoryCanister } from './factory/factory-canister.ts';
export {
  canisterFacts,
  createCanister,
  installModule,
  storedChunks,
  uploadChunk,
} from './management/platform.ts';
export { publicFacts } from './management/lifecycle.ts';
