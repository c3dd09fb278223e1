import { describe, expect, test } from 'vitest';
import { chooseTarget, type Candidate } from './choose-target.ts';

const version = (name: string, change: Partial<Candidate> = {}): Candidate => ({
  version: name,
  stable: true,
  upgradableFrom: null,
  deprecated: false,
  yanked: false,
  ...change,
});

const chosen = (current: string, wanted: string | null, ...versions: Candidate[]) => {
  const result = chooseTarget(current, wanted, versions);
  return 'Ok' in result ? result.Ok.version : result.Err.code;
};

describe('without a version named', () => {
  test('the highest is taken, not the last', () => {
    expect(chosen('1.0.0', null, version('1.10.0'), version('1.9.0'))).toBe('1.10.0');
  });

  test.each([
    ['a beta', { stable: false }],
    ['a deprecated version', { deprecated: true }],
    ['a yanked version', { yanked: true }],
    ['a version that does not take it', { upgradableFrom: '>=1.1.0' }],
  ])('%s is passed over', (_, change) => {
    expect(chosen('1.0.0', null, version('1.1.0'), version('1.2.0', change))).toBe('1.1.0');
  });

  test('a contract that is up to date stays', () => {
    expect(chosen('1.1.0', null, version('1.1.0'), version('1.0.0'))).toBe('factory.up_to_date');
  });
});

describe('with a version named', () => {
  test('a beta and a deprecated version may be chosen', () => {
    expect(chosen('1.0.0', '1.2.0', version('1.2.0', { stable: false }))).toBe('1.2.0');
    expect(chosen('1.0.0', '1.2.0', version('1.2.0', { deprecated: true }))).toBe('1.2.0');
  });

  test.each([
    ['1.3.0', 'factory.version_unknown'],
    ['1.2.0', 'factory.version_yanked'],
    ['0.9.0', 'factory.not_newer'],
    ['1.0.0', 'factory.not_newer'],
    ['2.0.0', 'factory.not_upgradable_from'],
  ])('%s is refused: %s', (wanted, code) => {
    const versions = [
      version('0.9.0'),
      version('1.0.0'),
      version('1.2.0', { yanked: true }),
      version('2.0.0', { upgradableFrom: '>=1.5.0 <2.0.0' }),
    ];
    expect(chosen('1.0.0', wanted, ...versions)).toBe(code);
  });
});

test('a contract of unregistered code may go to versions that take any', () => {
  expect(chosen('unknown', null, version('1.1.0'))).toBe('1.1.0');
  expect(chosen('unknown', '1.1.0', version('1.1.0', { upgradableFrom: '>=1.0.0' }))).toBe(
    'factory.not_upgradable_from',
  );
});
