export {
  type CallError,
  type CallResult,
  ExecutionLog,
  type ExecutionRecord,
  type Fault,
  type FaultAction,
  FaultPlan,
  type FaultRule,
  type IngressMessage,
  Network,
  NetworkError,
  type NetworkOptions,
  type SubnetInfo,
  type SubnetKind,
  type SubnetSpec,
} from './replica/index.ts';
export {
  addFault,
  clearExecutions,
  clearFaults,
  type ExecutionFilter,
  type Executions,
  executions,
  type FaultReport,
  type FaultRequest,
  faults,
  instanceIdOf,
  nameCanister,
  type NumberedExecution,
  releaseFault,
} from './pocket-ic/extensions.ts';
export { makeLive } from './pocket-ic/make-live.ts';
export { type Checkpoint, type KeptNetwork, StateError, StateFolder } from './state-dir/index.ts';
