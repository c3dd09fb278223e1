/** Why a state folder cannot be used, or not be written. Told in one line. */
export class StateError extends Error {
  override readonly name = 'StateError';
}
