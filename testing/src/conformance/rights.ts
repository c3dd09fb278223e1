import { contractMethods, factoryMethods, factoryService } from '@fabrica/core';
import type { MethodSpec, Service } from '@fabrica/core/candid';
import { describe, expect, it } from 'vitest';
import { actorFor } from '../canisters.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { refusalCode, type RefusalValue } from '../results.ts';
import type { Subject } from './options.ts';
import type { PuppetStage } from './puppets.ts';
import { sampleArguments } from './sample-value.ts';
import { AnyContract } from './any-contract.ts';
import { STRANGER, type Stage } from './stage.ts';

type Answer = { Ok: unknown } | { Err: RefusalValue };
type Method = (...args: unknown[]) => Promise<Answer>;

/** Whom an update of a factory is for, by the code with which a strange canister is refused. */
const FACTORY_RIGHTS: Readonly<Partial<Record<keyof typeof factoryMethods, string>>> = {
  createContract: 'factory.not_a_gateway',
  cancelDeployment: 'factory.not_a_gateway',
  setupWhitelist: 'factory.not_an_administrator',
  updateFactoryConfig: 'factory.not_an_administrator',
  uploadModuleChunk: 'factory.not_an_administrator',
  registerVersion: 'factory.not_an_administrator',
  notifyEvents: 'factory.unknown_contract',
  notifyDeploymentComplete: 'factory.unknown_contract',
  notifyStatusChanged: 'factory.unknown_contract',
  notifyVisibilityChanged: 'factory.unknown_contract',
};

/** Updates that anybody may ask for, since nothing of the caller's is in what they do. */
const OPEN_TO_ALL: readonly string[] = ['refreshOwner'];

/** Every update of factory and contract is tried by those who have no right to it. */
export function describeRights(
  subject: Subject,
  stage: () => Stage,
  puppets: () => PuppetStage,
): void {
  const service = factoryService(subject.definition);
  const updates = updatesOf(service);
  const forCanisters = updates.filter((name) => /^(notify|createContract|reportEvents)/.test(name));
  const roleCallbacks = updates.filter((name) => !(name in factoryMethods));

  describe('rights at the factory', () => {
    it.each(updates)('%s is refused to a strange user', async (name) => {
      const { system, factory } = stage();
      const actor = actorFor(system.pic, service, factory.id);
      actor.setIdentity(STRANGER);
      await expectRefused(actor, name, service);
    });

    it.each(updates)('%s is refused to a strange canister', async (name) => {
      const refusal = await refusedBy(
        puppets().gateway.to(service, stage().factory.id),
        name,
        service,
      );
      const code = roleCallbacks.includes(name)
        ? 'factory.unknown_contract'
        : FACTORY_RIGHTS[name as keyof typeof factoryMethods];
      if (code !== undefined) expect(refusal).toBe(code);
    });

    it.each(forCanisters)('%s of a user is turned away before it is executed', async (name) => {
      const { system, factory } = stage();
      const actor = actorFor(system.pic, service, factory.id);
      actor.setIdentity(ADMINISTRATOR);
      await expect(refusedBy(actor, name, service)).rejects.toThrow('rejected the message');
    });

    it('and nothing has changed by it', async () => {
      const { factory, system } = stage();
      const { gateways, administrators } = await factory.actor.getWhitelist();
      expect(gateways.map((id) => id.toText())).toEqual([system.ids.gateway.toText()]);
      expect(administrators).toHaveLength(1);
      expect((await factory.actor.getVersions([], [])).versions).toHaveLength(1);
      expect(await factory.actor.getFactoryHealth()).toMatchObject({ underWay: 0, paused: false });
    });
  });

  describe('rights at the contract', () => {
    const { contractService, refusedToStrangers } = subject;
    const own = contractService ?? AnyContract;
    const guarded = [...updatesOf(AnyContract), ...refusedToStrangers];

    it.each(guarded)('%s is refused to a stranger', async (name) => {
      const { system, first } = stage();
      const offered = name in contractMethods ? AnyContract : own;
      const actor = actorFor(system.pic, offered, first.id);
      actor.setIdentity(STRANGER);
      await expectRefused(actor, name, offered);
    });
  });
}

function updatesOf(service: Service): string[] {
  return Object.entries(service.methods)
    .filter(([name, { kind }]) => kind === 'update' && !OPEN_TO_ALL.includes(name))
    .map(([name]) => name);
}

/** The code with which a method refuses an actor's caller. */
async function refusedBy(actor: object, name: string, { methods }: Service): Promise<string> {
  const spec = methods[name] as MethodSpec | undefined;
  if (spec === undefined) throw new Error(`There is no method ${name}`);
  const method = (actor as Record<string, Method>)[name]!;
  return refusalCode(await method(...sampleArguments(spec)));
}

/** A user is refused with a code, or the message is not let in at all. */
async function expectRefused(actor: object, name: string, service: Service): Promise<void> {
  let code: string;
  try {
    code = await refusedBy(actor, name, service);
  } catch (error) {
    // Users' messages to methods for canisters are turned away by the inspect hook, unexecuted.
    expect(String(error)).toContain('rejected the message');
    return;
  }
  expect(code).not.toBe('');
}
