import { statusesOf } from '@fabrica/core';
import { createIdentity } from '@hadronous/pic';
import { beforeAll, describe, expect, it } from 'vitest';
import { AnyFactory } from '../plugins.ts';
import { accepted, refusalCode } from '../results.ts';
import type { Subject } from './options.ts';
import type { Puppet, PuppetStage } from './puppets.ts';

const owner = createIdentity('owner of a puppet').getPrincipal();
const user = createIdentity('user of a puppet').getPrincipal();

/** Contracts tell their factory what changed: of themselves, in order, and nobody else does. */
export function describeCallbacks({ definition }: Subject, puppets: () => PuppetStage): void {
  describe('callbacks', () => {
    let puppet: Puppet;
    /** Number of the puppet's next event. */
    let sequence = 0n;
    const factory = () => puppets().factory.actor;
    const next = () => sequence++;

    beforeAll(async () => {
      puppet = await puppets().order(owner);
    });

    it('that the contract runs is taken', async () => {
      const { callbacks } = await factory().getFactoryHealth();
      accepted(await puppet.calls.notifyDeploymentComplete(puppet.id, next()));
      expect((await factory().getFactoryHealth()).callbacks).toBe(callbacks + 1n);
    });

    it.each(definition.roles)('%s: added and removed, as the contract says', async (role) => {
      accepted(await puppet.role(role, 'Added')(puppet.id, user, next()));
      expect(await holds(role)).toBe(true);
      expect(await rolesOfUser()).toContain(role);
      accepted(await puppet.role(role, 'Removed')(puppet.id, user, next()));
      expect(await holds(role)).toBe(false);
      expect(await rolesOfUser()).not.toContain(role);
    });

    it('a status is indexed; one the definition does not have is refused', async () => {
      const statuses = statusesOf(definition);
      const status = statuses.at(-1)!;
      accepted(await puppet.calls.notifyStatusChanged(puppet.id, status, next()));
      expect(accepted(await factory().getContractInfo(puppet.id)).status).toBe(status);
      const unknown = await puppet.calls.notifyStatusChanged(puppet.id, 'no-such', sequence);
      expect(refusalCode(unknown)).toBe('factory.unknown_status');
      accepted(await puppet.calls.notifyStatusChanged(puppet.id, statuses[0]!, next()));
    });

    it('visibility takes a contract out of the public list, and back', async () => {
      accepted(await puppet.calls.notifyVisibilityChanged(puppet.id, false, next()));
      expect(await listed()).toBe(false);
      accepted(await puppet.calls.notifyVisibilityChanged(puppet.id, true, next()));
      expect(await listed()).toBe(true);
    });

    it('sent again are skipped, whole or in part', async () => {
      const { callbacks } = await factory().getFactoryHealth();
      accepted(await puppet.calls.notifyVisibilityChanged(puppet.id, false, 0n));
      expect(await listed()).toBe(true);
      // The first of these was the event before.
      const batch = [{ VisibilityChanged: false }, { VisibilityChanged: true }];
      const expected = accepted(await puppet.calls.notifyEvents(sequence - 1n, batch));
      sequence += 1n;
      expect(expected).toBe(sequence);
      expect((await factory().getFactoryHealth()).callbacks).toBe(callbacks + 1n);
    });

    it('after a gap are refused, and leave no trace', async () => {
      const late = await puppet.calls.notifyVisibilityChanged(puppet.id, false, sequence + 1n);
      expect(refusalCode(late)).toBe('factory.sequence_gap');
      expect(await listed()).toBe(true);
    });

    it('of a role that the definition does not have are refused, with all that came along', async () => {
      const batch = [{ VisibilityChanged: false }, { RoleAdded: { role: 'no-such', user } }];
      const answer = await puppet.calls.notifyEvents(sequence, batch);
      expect(refusalCode(answer)).toBe('factory.unknown_role');
      expect(await listed()).toBe(true);
    });

    it('about another contract are refused', async () => {
      const other = await puppets().order(owner);
      const answer = await puppet.calls.notifyVisibilityChanged(other.id, false, 0n);
      expect(refusalCode(answer)).toBe('factory.not_the_contract');
    });

    it('of strangers are refused, the gateway among them', async () => {
      const calls = puppets().gateway.to(AnyFactory, puppets().factory.id);
      const one = await calls.notifyVisibilityChanged(puppet.id, false, sequence);
      expect(refusalCode(one)).toBe('factory.unknown_contract');
      const batch = await calls.notifyEvents(sequence, [{ VisibilityChanged: false }]);
      expect(refusalCode(batch)).toBe('factory.unknown_contract');
      expect(await listed()).toBe(true);
    });

    async function holds(role: string): Promise<boolean> {
      const { contracts } = accepted(await factory().getContractsByRole(role, user, []));
      return contracts.some(({ id }) => id.toText() === puppet.id.toText());
    }

    async function rolesOfUser(): Promise<string[]> {
      const { contracts } = await factory().getMyContracts(user, []);
      const row = contracts.find(({ contract }) => contract.id.toText() === puppet.id.toText());
      return row?.roles ?? [];
    }

    async function listed(): Promise<boolean> {
      const { contracts } = await factory().getPublicContracts([]);
      return contracts.some(({ id }) => id.toText() === puppet.id.toText());
    }
  });
}
