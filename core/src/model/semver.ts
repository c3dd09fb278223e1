/** A version x.y.z, each part below 2^32. https://semver.org (releases only: no tags, no build data) */
export type Version = readonly [major: number, minor: number, patch: number];

const PATTERN = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** The version a text names, or `null` if it is not of the form x.y.z. */
export function parseVersion(text: string): Version | null {
  const match = PATTERN.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Negative if `a` is older than `b`, positive if newer, 0 if they are the same. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
