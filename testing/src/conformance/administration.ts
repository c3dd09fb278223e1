import { createIdentity } from '@hadronous/pic';
import { describe, expect, it } from 'vitest';
import { actorFor } from '../canisters.ts';
import { configChange } from '../factory-config.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { AnyFactory } from '../plugins.ts';
import { accepted, refusalCode } from '../results.ts';
import type { Stage } from './stage.ts';

const guardian = createIdentity('a guardian');
const principal = guardian.getPrincipal();
const GUARDIAN = { Guardian: null } as const;
const LAST = { Administrator: null } as const;

/** Who administers a factory: by roles that all can read, each change in a log that all can read. */
export function describeAdministration(stage: () => Stage): void {
  describe('administration', () => {
    const factory = () => stage().factory.actor;

    it('lets a guardian stop orders, and nothing else', async () => {
      accepted(await factory().grant({ principal, role: GUARDIAN, expiresAt: [] }));
      const { system, factory: deployed } = stage();
      const actor = actorFor(system.pic, AnyFactory, deployed.id);
      actor.setIdentity(guardian);
      accepted(await actor.pause('to see'));
      expect(await factory().getFactoryHealth()).toMatchObject({ paused: true });
      const refused = [
        await actor.unpause(),
        await actor.updateFactoryConfig(configChange({ paused: false })),
        await actor.grant({ principal, role: LAST, expiresAt: [] }),
        await actor.revoke(ADMINISTRATOR.getPrincipal(), LAST),
        await actor.setupWhitelist({ administrators: [principal], gateways: [] }),
      ];
      expect(refused.map(refusalCode)).toEqual(refused.map(() => 'factory.not_an_administrator'));
      accepted(await factory().unpause());
    });

    it('lists the role until it is taken away', async () => {
      const holds = async () => {
        const grants = await factory().getGrants();
        return grants.some((grant) => grant.principal.toText() === principal.toText());
      };
      expect(await holds()).toBe(true);
      accepted(await factory().revoke(principal, GUARDIAN));
      expect(await holds()).toBe(false);
    });

    it('keeps its last administrator', async () => {
      const last = ADMINISTRATOR.getPrincipal();
      expect(refusalCode(await factory().revoke(last, LAST))).toBe('factory.last_administrator');
    });

    it('logs who changed what, newest first, and who was refused it not', async () => {
      const { entries } = await factory().getAdministrationLog([], [4]);
      const logged = entries.map(({ method, by }) => [method, by.toText()]);
      const administrator = ADMINISTRATOR.getPrincipal().toText();
      expect(logged).toEqual([
        ['revoke', administrator],
        ['unpause', administrator],
        ['pause', principal.toText()],
        ['grant', administrator],
      ]);
    });
  });
}
