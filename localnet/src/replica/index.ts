export {
  ERROR_CODES,
  errorCodeText,
  REJECT,
  type ErrorCodeName,
  type RejectCode,
} from './errors/codes.ts';
export { NetworkError, type NetworkErrorCode } from './errors/network-error.ts';
export {
  ExecutionLog,
  type ExecutionPage,
  type ExecutionRecord,
} from './execution/execution-log.ts';
export type { ExecutionKind } from './execution/kinds.ts';
export { FaultPlan } from './faults/fault-plan.ts';
export type { Fault, FaultAction, FaultRule } from './faults/fault.ts';
export { ANONYMOUS_ID, MANAGEMENT_ID } from './ids.ts';
export { MANAGEMENT_TYPES, type ManagementMethod } from './management/idl.ts';
export { Network, type NetworkOptions } from './network.ts';
export {
  type ChunkSink,
  type ChunkSource,
  getRecord,
  putRecord,
  type Ref,
  type SavedNetwork,
} from './saving/index.ts';
export type { CanisterFacts } from './state/facts.ts';
export { type Keys, nodeKeys, selfAuthenticating, subnetKeys } from './topology/keys.ts';
export type {
  CallError,
  CallResult,
  CanisterRange,
  EffectivePrincipal,
  IngressMessage,
  IngressStatus,
  InstructionConfig,
  SubnetInfo,
  SubnetKind,
  SubnetSpec,
  Submission,
} from './types.ts';
export type { Certify, Print } from './world.ts';
