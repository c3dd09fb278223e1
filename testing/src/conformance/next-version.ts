import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

/** A module as a later release of the same contract would be. */
export interface NextVersion {
  readonly version: string;
  readonly wasm: Uint8Array;
  readonly hash: Uint8Array;
}

/**
 * The module with another number in its definition, and all else as it was: the smallest release there is.
 *
 * @param module gzipped, of a contract whose definition says `version`.
 * @throws Error if the module does not hold the number.
 */
export function nextVersion(module: Uint8Array, version: string): NextVersion {
  const next = following(version);
  const bytes = Buffer.from(gunzipSync(module));
  const written = (number: string) => `version:"${number}"`;
  let at = bytes.indexOf(written(version));
  if (at < 0) throw new Error(`The module does not say that it is version ${version}`);
  for (; at >= 0; at = bytes.indexOf(written(version), at)) bytes.write(written(next), at);
  return { version: next, ...gzipped(bytes) };
}

/** The same module in another wrapping: another hash, and the number it has always had. */
export function rewrapped(module: Uint8Array): { wasm: Uint8Array; hash: Uint8Array } {
  return gzipped(gunzipSync(module));
}

function gzipped(bytes: Uint8Array): { wasm: Uint8Array; hash: Uint8Array } {
  // Another level than the build's, so that even the same bytes make another module.
  const wasm = new Uint8Array(gzipSync(bytes, { level: 1 }));
  return { wasm, hash: new Uint8Array(createHash('sha256').update(wasm).digest()) };
}

/** A greater version of as many characters, so that it fits where the other one stood. */
function following(version: string): string {
  const at = version.search(/[0-8](?=[^0-8]*$)/);
  if (at < 0) throw new Error(`There is no version after ${version} of the same length`);
  return version.slice(0, at) + String(Number(version[at]) + 1) + version.slice(at + 1);
}
