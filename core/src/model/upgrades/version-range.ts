import { compareVersions, parseVersion, type Version } from '../semver.ts';

type Operator = '>=' | '>' | '<=' | '<' | '=';
interface Comparator {
  readonly operator: Operator;
  readonly version: Version;
}
/** Alternatives, one of which must hold; of each, every comparator. */
export type VersionRange = readonly (readonly Comparator[])[];

/** Alternatives and comparators that a range may have, so that checking one is cheap. */
const MAX_PARTS = 10;
const COMPARATOR = /^(>=|>|<=|<|=)?(\d.*)$/;

/**
 * Reads a range: comparators joined by spaces, alternatives by `||`, as in `>=1.2.0 <2.0.0 || 2.1.0`.
 * A subset of https://github.com/npm/node-semver#ranges.
 *
 * @returns `null` if the text is not of this form.
 */
export function parseRange(text: string): VersionRange | null {
  const alternatives = text.split('||').map((part) => part.trim().split(/ +/));
  if (alternatives.length > MAX_PARTS) return null;
  const range: Comparator[][] = [];
  for (const alternative of alternatives) {
    if (alternative.length > MAX_PARTS) return null;
    const comparators = alternative.map(parseComparator);
    if (comparators.includes(null)) return null;
    range.push(comparators as Comparator[]);
  }
  return range;
}

function parseComparator(text: string): Comparator | null {
  const match = COMPARATOR.exec(text);
  const version = parseVersion(match?.[2] ?? '');
  if (match === null || version === null) return null;
  return { operator: (match[1] as Operator | undefined) ?? '=', version };
}

/** True if a version lies in a range. */
export function inRange(version: Version, range: VersionRange): boolean {
  return range.some((comparators) => comparators.every((comparator) => holds(version, comparator)));
}

function holds(version: Version, { operator, version: bound }: Comparator): boolean {
  const order = compareVersions(version, bound);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
    case '=':
      return order === 0;
  }
}
