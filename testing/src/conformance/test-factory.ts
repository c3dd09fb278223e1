import type { FactoryDefinition } from '@fabrica/core';
import type { Schema } from '@fabrica/core/candid';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { describeAdministration } from './administration.ts';
import { describeCallbacks } from './callbacks.ts';
import { describeContract } from './contract.ts';
import { describeCrashPoints } from './crash-points.ts';
import { describeDefinition } from './definition.ts';
import { describeFactoryUpgrade } from './factory-upgrade.ts';
import { describeModel } from './model.ts';
import { subjectOf, type ConformanceOptions } from './options.ts';
import { describeOwnership } from './ownership.ts';
import { describePaidOrder } from './paid-order.ts';
import { openPuppets, type PuppetStage } from './puppets.ts';
import { describeReads } from './reads.ts';
import { describeRefusedOrders } from './refused-orders.ts';
import { describeRights } from './rights.ts';
import { describeSite } from './site.ts';
import { openStage, type Stage } from './stage.ts';
import { describeUpgrades } from './upgrades.ts';
import { describeVersions } from './versions.ts';

/**
 * What every plugin must satisfy, on compiled canisters. To be called in a plugin's
 * `test/conformance.test.ts`; its modules must be built.
 *
 * One system serves the whole suite: a gateway with the plugin's factory, where orders are paid; and beside it
 * a second factory of the same module, whose contracts say what the test has them say.
 */
export function testFactory<Id extends string, Order extends Schema, Role extends string>(
  definition: FactoryDefinition<Id, Order, Role>,
  options: ConformanceOptions<Order, Role>,
): void {
  const subject = subjectOf(definition, options);

  describe(`factory ${definition.id}`, () => {
    describeDefinition(subject);

    describe('as compiled', () => {
      let opened: Stage;
      let puppets: PuppetStage;
      const stage = () => opened;

      beforeAll(async () => {
        opened = await openStage(subject, inject('replicaUrl'));
        puppets = await openPuppets(opened);
      });

      afterAll(async () => {
        await opened.system.pic.tearDown();
      });

      describePaidOrder(subject, stage);
      describeRefusedOrders(subject, stage);
      describeRights(subject, stage, () => puppets);
      describeContract(subject, stage);
      describeCallbacks(subject, () => puppets);
      describeReads(subject, stage, () => puppets);
      describeVersions(subject, stage);
      describeSite(stage);
      describeModel(subject, stage);
      describeAdministration(stage);
      describeOwnership(stage);
      describeFactoryUpgrade(stage);
      describeCrashPoints(subject, stage);
      describeUpgrades(subject, stage, () => puppets);
    });
  });
}
