import { gunzipSync, gzipSync } from 'node:zlib';

/** The same module in another wrapping: another hash, and the version it has always had. */
export function rewrapped(module: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(gunzipSync(module), { level: 1 }));
}
