import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, parseVersion, type Version } from './semver.ts';

const part = fc.nat({ max: 999_999_999 });
const version = fc.tuple(part, part, part);

test('a version is read back from its text', () => {
  fc.assert(
    fc.property(version, (v) => {
      expect(parseVersion(v.join('.'))).toEqual(v);
    }),
  );
});

test.each(['', '1', '1.2', '1.2.3.4', '01.2.3', '1.2.x', 'v1.2.3', '1.2.3-beta', '1.2.1000000000'])(
  'no version: "%s"',
  (text) => {
    expect(parseVersion(text)).toBeNull();
  },
);

test('1.10.0 is newer than 1.9.9: parts are numbers, not texts', () => {
  expect(compareVersions([1, 10, 0], [1, 9, 9])).toBeGreaterThan(0);
});

test('the order is total', () => {
  fc.assert(
    fc.property(version, version, version, (a: Version, b: Version, z: Version) => {
      expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, z) <= 0) {
        expect(compareVersions(a, z)).toBeLessThanOrEqual(0);
      }
    }),
  );
});
