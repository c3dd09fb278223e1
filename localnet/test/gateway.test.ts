import { get } from 'node:http';

import { Actor, HttpAgent } from '@dfinity/agent';
import { PocketIc } from '@hadronous/pic';
import type { Principal } from '@dfinity/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { instanceIdOf, makeLive } from '../src/index.ts';
import { type RunningServer, startServer } from '../src/server/index.ts';
import { compileWeb, type Web, webIdl } from './fixtures/web.ts';

let server: RunningServer;
let pic: PocketIc;
let url: string;
let id: Principal;

beforeAll(async () => {
  server = await startServer();
  pic = await PocketIc.create(server.url);
  const wasm = compileWeb().slice().buffer as ArrayBuffer;
  ({ canisterId: id } = await pic.setupCanister<Web>({ idlFactory: webIdl, wasm }));
  url = await makeLive(server.url, instanceIdOf(pic));
});

afterAll(async () => {
  await server.close();
});

describe('an instance made by REST', () => {
  it('is reached by agents at a port of its own', async () => {
    const agent = await HttpAgent.create({ host: url, shouldFetchRootKey: true, retryTimes: 0 });
    const web = Actor.createActor<Web>(webIdl, { agent, canisterId: id });
    expect(await web.slow()).toBe('done');
    expect((await web.certificate())[0]).toHaveProperty('length');
  });

  it('is reached below its path too, as at PocketIC', async () => {
    const path = `/instances/${instanceIdOf(pic)}/api/v2/status`;
    const [own, below] = await Promise.all([
      fetch(`${url}/api/v2/status`),
      fetch(server.url + path),
    ]);
    expect(await below.bytes()).toEqual(await own.bytes());
  });

  it('has a list of its ports, which close with it or when told to', async () => {
    const other = await PocketIc.create(server.url);
    const first = await makeLive(server.url, instanceIdOf(other));
    const second = await makeLive(server.url, instanceIdOf(other));
    const gateways = (await (await fetch(`${server.url}/http_gateway`)).json()) as {
      instance_id: number;
      port: number;
    }[];
    const ports = gateways.map(({ port }) => String(port));
    expect(ports).toEqual(expect.arrayContaining([first, second].map((one) => new URL(one).port)));
    const { instance_id } = gateways.find(({ port }) => String(port) === new URL(first).port)!;
    const stop = `${server.url}/http_gateway/${instance_id}/stop`;
    expect((await fetch(stop, { method: 'POST' })).status).toBe(200);
    await expect(fetch(first)).rejects.toThrow();
    await other.tearDown();
    await expect(fetch(second)).rejects.toThrow();
  });

  it('keeps its server alive by what is asked at its port', async () => {
    const brief = await startServer({ ttl: 0.5 });
    const own = await makeLive(brief.url, instanceIdOf(await PocketIc.create(brief.url)));
    for (let n = 0; n < 8; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect((await fetch(`${own}/api/v2/status`)).status).toBe(200);
    }
    await brief.closed;
    await expect(fetch(own)).rejects.toThrow();
  });

  it.each([
    [{ forward_to: { PocketIcInstance: 99 } }, 404],
    [{ forward_to: { Replica: 'http://localhost' } }, 400],
    [{ forward_to: { PocketIcInstance: 0 }, https_config: {} }, 400],
    [{ forward_to: { PocketIcInstance: 0 }, port: 70_000 }, 400],
  ])('refuses a port it cannot open: %j', async (body, status) => {
    const init = { method: 'POST', body: JSON.stringify(body) };
    expect((await fetch(`${server.url}/http_gateway`, init)).status).toBe(status);
  });
});

describe('a canister answers plain HTTP', () => {
  it('by ?canisterId=', async () => {
    const response = await fetch(`${url}/page?canisterId=${id.toText()}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(response.headers.get('x-one')).toBe('1, 2');
    expect(await response.text()).toBe(`GET /page?canisterId=${id.toText()}`);
  });

  it.each(['', '.raw'])('by host name <id>%s.localhost', async (raw) => {
    expect(await page('/page')).toBe('GET /page');
    expect(await page('/streamed', `${id.toText()}${raw}.localhost`)).toBe('a123');
  });

  it('by an update call, if it asks for that', async () => {
    const response = await fetch(`${url}/visit?canisterId=${id.toText()}`);
    expect(response.status).toBe(200);
    expect(await page('/visit')).toMatch(/^\d+$/);
  });

  it.each(['/trap', '/bad-status', '/bad-header'])('with 502 where it fails: %s', async (path) => {
    expect(await status(path)).toBe(502);
  });

  it('unless no canister is named', async () => {
    const response = await fetch(url);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('canisterId');
  });
});

/** Gets a page by host name, which `fetch` does not let us choose. */
function request(path: string, host: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { headers: { host: `${host}:${new URL(url).port}` } }, (response) => {
      let text = '';
      response.on('data', (data: Buffer) => (text += data.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    }).on('error', reject);
  });
}

async function page(path: string, host = `${id.toText()}.localhost`): Promise<string> {
  return (await request(path, host)).text;
}

async function status(path: string): Promise<number> {
  return (await request(path, `${id.toText()}.localhost`)).status;
}
