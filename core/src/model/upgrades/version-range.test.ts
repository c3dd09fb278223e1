import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, parseVersion } from '../semver.ts';
import { inRange, parseRange } from './version-range.ts';

const matches = (version: string, range: string) =>
  inRange(parseVersion(version)!, parseRange(range)!);

test.each([
  ['1.2.0', '>=1.2.0 <2.0.0', true],
  ['1.10.0', '>=1.2.0 <2.0.0', true],
  ['2.0.0', '>=1.2.0 <2.0.0', false],
  ['1.1.9', '>=1.2.0 <2.0.0', false],
  ['2.1.0', '>=1.2.0 <2.0.0 || 2.1.0', true],
  ['2.1.1', '>=1.2.0 <2.0.0 || =2.1.0', false],
  ['1.0.1', '>1.0.0 <=1.0.1', true],
  ['1.0.0', '>1.0.0 <=1.0.1', false],
])('%s in "%s": %s', (version, range, expected) => {
  expect(matches(version, range)).toBe(expected);
});

test.each([
  '',
  ' ',
  '||',
  '>=1.0',
  '^1.0.0',
  '~1.0.0',
  '*',
  '>=1.0.0 ||',
  '> 1.0.0',
  '>=1.0.0,<2.0.0',
])('no range: "%s"', (text) => {
  expect(parseRange(text)).toBeNull();
});

test('a range of more parts than its maximum is refused', () => {
  expect(parseRange(Array(11).fill('1.0.0').join(' || '))).toBeNull();
  expect(parseRange(Array(11).fill('>=1.0.0').join(' '))).toBeNull();
});

test('a half-open interval holds what lies between its ends', () => {
  const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));
  fc.assert(
    fc.property(version, version, version, (low, high, at) => {
      const inside = compareVersions(low, at) <= 0 && compareVersions(at, high) < 0;
      expect(inRange(at, parseRange(`>=${low.join('.')} <${high.join('.')}`)!)).toBe(inside);
    }),
  );
});
