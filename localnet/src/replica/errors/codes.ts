/** The replica's `ErrorCode` (rs/types/error_types), by name. `IC0503` is `CanisterCalledTrap`. */
export const ERROR_CODES = {
  SubnetOversubscribed: 101,
  MaxNumberOfCanistersReached: 102,
  CanisterQueueFull: 201,
  IngressMessageTimeout: 202,
  CanisterQueueNotEmpty: 203,
  CanisterIdAlreadyExists: 205,
  StopCanisterRequestTimeout: 206,
  CanisterOutOfCycles: 207,
  CanisterInstallCodeRateLimited: 209,
  CanisterNotFound: 301,
  CanisterSnapshotNotFound: 305,
  InsufficientMemoryAllocation: 402,
  InsufficientCyclesForCreateCanister: 403,
  SubnetNotFound: 404,
  CanisterNotHostedBySubnet: 405,
  CanisterRejectedMessage: 406,
  UnknownManagementMessage: 407,
  InvalidManagementPayload: 408,
  CanisterTrapped: 502,
  CanisterCalledTrap: 503,
  CanisterContractViolation: 504,
  CanisterInvalidWasm: 505,
  CanisterDidNotReply: 506,
  CanisterOutOfMemory: 507,
  CanisterStopped: 508,
  CanisterStopping: 509,
  CanisterNotStopped: 510,
  CanisterStoppingCancelled: 511,
  CanisterInvalidController: 512,
  CanisterFunctionNotFound: 513,
  CanisterNonEmpty: 514,
  InsufficientCyclesInCall: 520,
  CanisterInstructionLimitExceeded: 522,
  QueryCallGraphTooDeep: 525,
  QueryCallGraphTotalInstructionLimitExceeded: 526,
  CompositeQueryCalledInReplicatedMode: 527,
  InsufficientCyclesInMemoryAllocation: 531,
  InsufficientCyclesInMemoryGrow: 532,
  CanisterMethodNotFound: 536,
  CanisterWasmModuleNotFound: 537,
  CanisterWasmMemoryLimitExceeded: 539,
  DeadlineExpired: 601,
  ResponseDropped: 602,
} as const;

/** Name of an error code. */
export type ErrorCodeName = keyof typeof ERROR_CODES;

/** The interface specification's reject codes. */
export const REJECT = {
  SYS_FATAL: 1,
  SYS_TRANSIENT: 2,
  DESTINATION_INVALID: 3,
  CANISTER_REJECT: 4,
  CANISTER_ERROR: 5,
  SYS_UNKNOWN: 6,
} as const;

/** A number from 1 to 6. */
export type RejectCode = (typeof REJECT)[keyof typeof REJECT];

/** The reject code of an error: its hundreds digit, as in the replica. */
export function rejectCodeOf(name: ErrorCodeName): RejectCode {
  return Math.floor(ERROR_CODES[name] / 100) as RejectCode;
}

/** `IC0503` for `CanisterCalledTrap`. */
export function errorCodeText(name: ErrorCodeName): string {
  return `IC0${ERROR_CODES[name]}`;
}
