/** Kinds of misuse of a {@link NetworkError}: names of PocketIC's own errors where it has one. */
export type NetworkErrorCode =
  | 'CanisterNotFound'
  | 'CanisterIsEmpty'
  | 'SubnetNotFound'
  | 'BadIngressMessage'
  | 'InvalidArgument'
  | 'FaultNotFound';

/** A request that the network itself cannot serve. Failures of canisters are results, not errors. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: NetworkErrorCode;

  constructor(code: NetworkErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
