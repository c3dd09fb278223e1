import { gunzipSync, gzipSync } from 'node:zlib';

/** The version after, written with as many characters. @throws Error if there is none. */
export function nextVersion(version: string): string {
  const [major, minor, patch] = version.split('.').map(Number) as [number, number, number];
  const next = [
    `${major}.${minor}.${patch + 1}`,
    `${major}.${minor + 1}.0`,
    `${major + 1}.0.0`,
  ].find((candidate) => candidate.length === version.length);
  if (next === undefined) throw new Error(`No version after ${version} is as long`);
  return next;
}

/** A contract's module that says it is another version, as its next release will. */
export function renumbered(wasm: Uint8Array, from: string, to: string): Uint8Array {
  const bytes = Buffer.from(gunzipSync(wasm));
  const at = bytes.indexOf(`version:"${from}"`);
  if (at < 0) throw new Error(`The module does not say that it is ${from}`);
  bytes.write(`version:"${to}"`, at);
  return new Uint8Array(gzipSync(bytes));
}
