import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MethodSpec } from '@fabrica/core/candid';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { appetiteOf, EVERYTHING, LONG_LISTS } from './fixtures/hostile/appetites.ts';
import { openCamp, type Camp } from './fixtures/hostile/camp.ts';
import { alone, behind, fed, fedOtherwise } from './fixtures/hostile/messages.ts';
import { NOISE, PAYLOADS } from './fixtures/hostile/shapes.ts';
import { TARGETS } from './fixtures/hostile/targets.ts';

/** 1 % of what the platform allows a message, in instructions. */
const MOST = { update: 400_000_000, query: 50_000_000, composite_query: 50_000_000 };
const MOST_TO_INSPECT = 2_000_000;

/**
 * Every shape is sent to one update and one query of each canister, and to each method a few: what a shape costs
 * depends on the codec, and little on the method. `HOSTILE=all` sends all of them everywhere, and a hundred random
 * ones, which takes five minutes.
 */
const ALL = process.env['HOSTILE'] === 'all';
const RANDOM_PER_METHOD = ALL ? 100 : 1;

let open: Awaited<ReturnType<typeof openCamp>>;
let sent = 0;

beforeAll(async () => {
  open = await openCamp();
});

it('every canister of dfx.json is tried', () => {
  const file = fileURLToPath(new URL('../../dfx.json', import.meta.url));
  const { canisters } = JSON.parse(readFileSync(file, 'utf8')) as { canisters: object };
  expect(Object.keys(TARGETS).sort()).toEqual(Object.keys(canisters).sort());
});

describe.each(Object.entries(TARGETS))('%s', (name, { service }) => {
  let camp: Camp;

  beforeAll(async () => {
    camp = await open(name);
  });

  async function holds(method: string, shape: string, bytes: Uint8Array): Promise<void> {
    const { inspection, execution, trap } = await camp.assault(method, bytes);
    const what = `${method}: ${shape}`;
    expect(trap, what).toBeNull();
    expect(inspection, `${what}, inspected`).toBeLessThanOrEqual(MOST_TO_INSPECT);
    expect(execution, what).toBeLessThanOrEqual(MOST[service.methods[method]!.kind]);
  }

  const methods: readonly (readonly [string, MethodSpec])[] = Object.entries(service.methods);
  const widest = (kind: string) =>
    methods.filter(([, spec]) => spec.kind === kind).sort(([, a], [, b]) => size(b) - size(a))[0]!;

  it('takes little to refuse any shape', async () => {
    const [update, { args }] = widest('update');
    const [query] = widest('query');
    for (const payload of PAYLOADS) {
      await holds(update, `${payload.name}, behind the arguments`, behind(args, payload));
      await holds(query, payload.name, alone(payload));
    }
    for (const [shape, bytes] of NOISE) await holds(update, shape, bytes);
  });

  it('takes little to refuse what goes to the limits of its types, in every method', async () => {
    for (const [method, { args }] of methods) {
      await holds(method, 'everything, in other types', fedOtherwise(args, EVERYTHING));
      const payload = PAYLOADS[sent++ % PAYLOADS.length]!;
      await holds(method, `${payload.name}, behind the arguments`, behind(args, payload));
    }
  });

  it.runIf(ALL)(
    'takes little to refuse any shape, in every method',
    async () => {
      for (const [method, { args }] of methods) {
        await holds(method, 'everything', fed(args, EVERYTHING));
        await holds(method, 'long lists', fed(args, LONG_LISTS));
        await holds(method, 'long lists, in other types', fedOtherwise(args, LONG_LISTS));
        for (const payload of PAYLOADS) {
          await holds(method, payload.name, alone(payload));
          await holds(method, `${payload.name}, behind the arguments`, behind(args, payload));
        }
      }
    },
    300_000,
  );

  it('takes little to refuse what chance brings', async () => {
    const numbers = fc.array(fc.nat({ max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 20 });
    for (const [method, { args }] of methods.filter(([, spec]) => spec.args.length > 0)) {
      await fc.assert(
        fc.asyncProperty(numbers, fc.boolean(), async (chosen, otherwise) => {
          const message = (otherwise ? fedOtherwise : fed)(args, appetiteOf(chosen));
          await holds(method, 'random', message);
        }),
        { numRuns: RANDOM_PER_METHOD },
      );
    }
  });
});

/** How much a method asks for: the length of its arguments' description. */
function size({ args }: MethodSpec): number {
  return JSON.stringify(args).length;
}
