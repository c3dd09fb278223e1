import { describe, expect, test } from 'vitest';
import { readOptions } from './options.ts';

describe('the command line of release:register', () => {
  test('asks for no rollout unless it names a canary', () => {
    expect(readOptions(['token'])).toMatchObject({
      packages: ['token'],
      network: 'local',
      stable: true,
      rollout: null,
      json: false,
    });
  });

  test('tells a rollout in full', () => {
    const line = ['--canary', '2', '--waves', '10, 50,100', '--soak', '60', '--opted-in', '--beta'];
    expect(readOptions(line)).toMatchObject({
      stable: false,
      rollout: {
        canary: 2,
        waves: [10, 50, 100],
        concurrency: 10,
        maxFailurePercent: 5,
        soakSeconds: 60,
        optedInOnly: true,
      },
    });
  });

  test.each([
    [['--canary', '0'], '--canary 0'],
    [['--canary', '1.5'], '--canary 1.5'],
    [['--canary', '1', '--waves', '50,20,100'], 'ascend'],
    [['--canary', '1', '--waves', '50'], 'ascend'],
    [['--canary', '1', '--concurrency', '41'], '1 to 40'],
    [['--percent', '1'], 'percent'],
  ])('%j is refused', (line, reason) => {
    expect(() => readOptions(line)).toThrow(reason);
  });
});
