import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { HttpRequest } from '../web/http.ts';
import { OPERATIONS } from './operations.ts';
import { Routes } from './routes.ts';

const NEVER = (): void => undefined;

function request(method: string, url: string, body: Uint8Array | string = ''): HttpRequest {
  const [path = '', query = ''] = url.split('?');
  return {
    method,
    url,
    path: path.replace(/\/+$/, ''),
    query: new URLSearchParams(query),
    headers: {},
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  };
}

/** Values that fields of requests have, and others. */
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  fc.constantFrom<unknown>('None', '', 'aaaaa-aa', '//////////8BAQ==', 0, -1, 1.5, 2 ** 60, null),
  fc.constantFrom<unknown>({ CanisterId: '' }, { SubnetId: 'AAAA' }, { kind: 'hold-answer' }, [{}]),
);
const FIELDS = [
  'sender',
  'canister_id',
  'method',
  'payload',
  'effective_principal',
  'message_id',
  'nanos_since_epoch',
  'amount',
  'subnet_id',
  'blob_id',
  'request_id',
  'artificial_delay_ms',
  'action',
  'times',
  'id',
  'canister',
  'name',
  'forward_to',
  'subnet_config_set',
];
const body = fc.oneof(
  fc
    .dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 8, noNullPrototype: true })
    .map((fields) => JSON.stringify(fields)),
  fc.json({ maxDepth: 3 }),
  fc.string(),
  fc.uint8Array({ maxLength: 60 }),
);
/** All operations but the one that goes on by itself. */
const operation = fc.constantFrom(
  ...Object.keys(OPERATIONS).filter((name) => name !== 'POST auto_progress'),
);

describe("PocketIC's interface", () => {
  it('answers or refuses whatever it is sent, and never fails', async () => {
    const routes = new Routes(null);
    const { instance } = routes.open({ subnets: [{ kind: 'Application' }] });
    await fc.assert(
      fc.asyncProperty(operation, body, async (name, sent) => {
        const [method = '', path = ''] = name.split(' ');
        const answer = await routes.answer(request(method, `/instances/0/${path}`, sent), NEVER);
        expect([200, 400, 404]).toContain(answer.status);
      }),
      { numRuns: 1_000 },
    );
    expect(instance.network.canisters()).toEqual([]);
    await routes.close();
  });

  it('answers or refuses whatever the path', async () => {
    const routes = new Routes(null);
    routes.open({ subnets: [{ kind: 'Application' }] });
    const part = fc.constantFrom('instances', '0', '1', '-1', 'read', 'api', 'v2', 'status', '..');
    const path = fc.array(fc.oneof(part, fc.webPath()), { maxLength: 6 });
    const method = fc.constantFrom('GET', 'PUT', 'OPTIONS', '__proto__');
    await fc.assert(
      fc.asyncProperty(method, path, async (verb, parts) => {
        const answer = await routes.answer(request(verb, `/${parts.join('/')}`), NEVER);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 500 },
    );
    await routes.close();
  });

  it.each<[string, string]>([
    ['JSON that nests without end', '['.repeat(200_000)],
    [
      'JSON that nests without end around a long number',
      `${'['.repeat(50_000)}12345678901234567890`,
    ],
    ['a number without end', `{"amount":${'9'.repeat(100_000)}}`],
    ['a prototype', '{"__proto__":{"canister_id":""}}'],
  ])('refuses %s', async (_, sent) => {
    const routes = new Routes(null);
    routes.open({ subnets: [{ kind: 'Application' }] });
    const path = '/instances/0/update/add_cycles';
    expect((await routes.answer(request('POST', path, sent), NEVER)).status).toBe(400);
    await routes.close();
  });
});
