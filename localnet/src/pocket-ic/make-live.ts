/**
 * Lets an instance follow the wall clock, and opens a port at which agents and browsers reach it. Works on
 * PocketIC as well.
 * @param url The server's.
 * @param port Default: any free one.
 * @returns What agents take as `host`.
 * @throws Error with the server's own text.
 */
export async function makeLive(url: string, instanceId: number, port?: number): Promise<string> {
  await post(`${url}/instances/${instanceId}/auto_progress`, { artificial_delay_ms: null });
  const gateway = {
    forward_to: { PocketIcInstance: instanceId },
    ...(port !== undefined && { port }),
  };
  const answer = (await post(`${url}/http_gateway`, gateway)) as { Created: { port: number } };
  return `http://127.0.0.1:${answer.Created.port}`;
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as unknown;
  throw new Error(`POST ${url}: ${response.status} ${text}`);
}
