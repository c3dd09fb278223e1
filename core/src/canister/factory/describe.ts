/** A hash, or the like, as hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The fields of a change that are given, as `name=value, name=value`. */
export function described(change: object): string {
  return Object.entries(change)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${value instanceof Uint8Array ? hex(value) : String(value)}`)
    .join(', ');
}
