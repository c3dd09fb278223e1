import { describe, expect, it } from 'vitest';
import { builtModule } from '../modules.ts';
import { registrationOf } from '../plugins.ts';
import { accepted, refusalCode } from '../results.ts';
import { peopleOf, type Subject } from './options.ts';
import { OTHER, type Stage } from './stage.ts';

/** What a factory takes for a version, and which one it makes. */
export function describeVersions({ definition, plugin, encodeOrder }: Subject, stage: () => Stage) {
  describe('versions', () => {
    it('the registered one is listed by its hash, and its bytes are not', async () => {
      const { versions } = await stage().factory.actor.getVersions([], []);
      const listed = versions.find(({ version }) => version === definition.version);
      expect(Uint8Array.from(listed!.moduleHash)).toEqual(builtModule(plugin.contract).hash);
      expect(listed).toMatchObject({ stable: true });
      expect(listed).not.toHaveProperty('chunks');
    });

    it('the same number is refused twice, and one that is none', async () => {
      expect(await refusalOf(definition.version)).toBe('factory.version_exists');
      expect(await refusalOf('1.0')).toBe('factory.version_invalid');
    });

    it('one whose pieces are missing is refused', async () => {
      const { hash } = builtModule(plugin.contract);
      const missing = { hash, chunks: [new Uint8Array(32)] };
      expect(await refusalOf('9000.0.0', missing)).toBe('factory.chunk_missing');
      expect(await refusalOf('9000.0.0', { hash, chunks: [] })).toBe('factory.chunk_missing');
    });

    it('a hash of another length is refused', async () => {
      const { chunks } = stage().factory.module;
      const odd = { hash: new Uint8Array(20), chunks };
      expect(await refusalOf('9000.0.0', odd)).toBe('factory.hash_invalid');
    });

    it('the newest is made by its number, and only if it is stable', async () => {
      const { actor, module } = stage().factory;
      accepted(await actor.registerVersion(registrationOf(module, '0.0.1')));
      accepted(await actor.registerVersion(registrationOf(module, '9999.0.0', false)));
      expect((await actor.getFactoryHealth()).latestVersion).toEqual([definition.version]);
      const { owner: user } = stage().first;
      const order = encodeOrder(peopleOf(user.principal, OTHER));
      const check = accepted(await actor.validateOrder(user.principal, order));
      expect(check.version).toBe(definition.version);
    });
  });

  async function refusalOf(version: string, given?: Stage['factory']['module']): Promise<string> {
    const { actor, module } = stage().factory;
    return refusalCode(await actor.registerVersion(registrationOf(given ?? module, version)));
  }
}
