import { describe, expect, it } from 'vitest';
import type { Stage } from './stage.ts';

/** What a factory tells monitoring and people over HTTP. */
export function describeSite(stage: () => Stage): void {
  describe('site', () => {
    it('/metrics counts what the factory made', async () => {
      const { actor, plugin } = stage().factory;
      const { contracts } = await actor.getFactoryHealth();
      const { status, body, type } = await get('/metrics');
      expect(status).toBe(200);
      expect(type).toContain('text/plain');
      const labels = `{factory="${plugin.definition.id}"}`;
      expect(body).toContain(`fabrica_factory_contracts_total${labels} ${contracts}`);
      expect(body).toContain(`fabrica_factory_healthy${labels} 1`);
    });

    it('/ is a page about it', async () => {
      const { plugin } = stage().factory;
      const { status, body, type } = await get('/');
      expect(status).toBe(200);
      expect(type).toContain('text/html');
      expect(body).toContain(plugin.definition.id);
    });

    it('anything else is not there', async () => {
      expect((await get('/no-such')).status).toBe(404);
    });
  });

  async function get(url: string) {
    const { actor } = stage().factory;
    const request = { method: 'GET', url, headers: [], body: new Uint8Array() };
    const response = await actor.http_request({ ...request, certificate_version: [] });
    const header = response.headers.find(([name]) => name.toLowerCase() === 'content-type');
    return {
      status: response.status_code,
      type: header?.[1] ?? '',
      body: new TextDecoder().decode(Uint8Array.from(response.body)),
    };
  }
}
