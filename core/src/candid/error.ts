/** Bytes that are not the Candid message expected. The message is short and names the position. */
export class CandidError extends Error {
  override readonly name: string = 'CandidError';
}

/**
 * A well-formed value of a type that the expected type does not take. Inside an `opt` it decodes as `null`;
 * elsewhere it refuses the message.
 */
export class MismatchError extends CandidError {
  override readonly name = 'MismatchError';
}
