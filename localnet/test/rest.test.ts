import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningServer, startServer } from '../src/server/index.ts';

let server: RunningServer;
let instance: string;

beforeAll(async () => {
  server = await startServer();
  instance = `/instances/${await createInstance()}`;
});

afterAll(async () => {
  await server.close();
});

describe('REST', () => {
  it('says that it is alive', async () => {
    expect((await request('GET', '/status')).status).toBe(200);
  });

  it('accepts a trailing slash everywhere', async () => {
    expect((await request('GET', `${instance}/read/get_time/`)).status).toBe(200);
  });

  it('writes and reads 64-bit integers exactly', async () => {
    const body = '{"nanos_since_epoch": 1893456000123456789}';
    expect(await (await request('POST', `${instance}/update/set_time`, body)).text()).toBe('null');
    const time = await (await request('GET', `${instance}/read/get_time`)).text();
    expect(time).toBe('{"nanos_since_epoch":1893456000123456789}');
  });

  it('keeps blobs by their hash', async () => {
    const stored = await request('POST', '/blobstore', 'hello');
    const id = await stored.text();
    expect(id).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
    expect(await (await request('GET', `/blobstore/${id}`)).text()).toBe('hello');
    expect((await request('GET', '/blobstore/00')).status).toBe(404);
  });

  it.each([
    ['POST', '/nothing'],
    ['GET', '/instances/99/read/get_time'],
    ['GET', '/instances/x/read/get_time'],
    ['POST', '/instances/0/update/nothing'],
    ['GET', '/read_graph/a/b'],
  ])('answers 404 with a message to %s %s', async (method, path) => {
    const response = await request(method, path, method === 'POST' ? '{}' : undefined);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: expect.any(String) as string });
  });

  it.each([
    ['update/set_time', '{"nanos_since_epoch": 1.5}'],
    ['update/set_time', 'not json'],
    ['read/get_cycles', '{"canister_id": "AAAAAAAAAAABAQ=="}'],
    ['read/get_cycles', '{"canister_id": "?"}'],
    ['read/pub_key', '{"subnet_id": "AAAA"}'],
    ['update/mock_canister_http', '{"request_id": 7}'],
    ['update/await_ingress_message', '{"message_id": "AAAA"}'],
  ])('answers 400 with a message to %s %s', async (path, body) => {
    const response = await request('POST', `${instance}/${path}`, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: expect.any(String) as string });
  });

  it('refuses an instance it cannot make, naming why', async () => {
    const spec = {
      dts_flag: 'Enabled',
      instruction_config: 'Production',
      state_config: { FromPath: [] },
    };
    const body = JSON.stringify({ subnet_config_set: { nns: spec }, nonmainnet_features: false });
    const response = await request('POST', '/instances', body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('FromPath');
  });

  it('forgets a deleted instance', async () => {
    const id = await createInstance();
    expect((await request('DELETE', `/instances/${id}`)).status).toBe(200);
    expect((await request('GET', `/instances/${id}/read/get_time`)).status).toBe(404);
  });

  it('progresses by itself when asked to', async () => {
    const id = await createInstance();
    const path = `/instances/${id}`;
    await request('POST', `${path}/auto_progress`, '{"artificial_delay_ms": 5}');
    await expect.poll(async () => Math.abs(Date.now() - (await timeOf(path)))).toBeLessThan(60_000);
    await request('POST', `${path}/stop_progress`);
    const stopped = await timeOf(path);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await timeOf(path)).toBe(stopped);
  });

  it('closes itself when it has had nothing to do for its time', async () => {
    const brief = await startServer({ ttl: 0.05 });
    await fetch(`${brief.url}/status`);
    await brief.closed;
    await expect(fetch(`${brief.url}/status`)).rejects.toThrow();
  });
});

function request(method: string, path: string, body?: string): Promise<Response> {
  return fetch(`${server.url}${path}`, { method, ...(body === undefined ? {} : { body }) });
}

async function createInstance(): Promise<number> {
  const spec = { dts_flag: 'Enabled', instruction_config: 'Production', state_config: 'New' };
  const body = { subnet_config_set: { application: [spec] }, nonmainnet_features: false };
  const response = await request('POST', '/instances', JSON.stringify(body));
  expect(response.status).toBe(201);
  const { Created } = (await response.json()) as { Created: { instance_id: number } };
  return Created.instance_id;
}

/** Milliseconds since the epoch. */
async function timeOf(path: string): Promise<number> {
  const response = await request('GET', `${path}/read/get_time`);
  return ((await response.json()) as { nanos_since_epoch: number }).nanos_since_epoch / 1e6;
}
