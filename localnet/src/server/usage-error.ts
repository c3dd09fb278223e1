/** Wrong arguments, or nothing to apply them to: told in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
