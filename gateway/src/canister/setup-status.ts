import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { feeOf } from '../model/administration/ledger-fees.ts';
import { priceOf } from '../model/config/price.ts';
import { factoryPulses } from './factory-health.ts';
import { gateway } from './memory.ts';
import { auditCourier, invoiceCourier } from './workers/storages.ts';

/** What is set up, what answers, and what is missing, part by part; read from what is known, nobody is asked. */
export const getMicroserviceSetupStatus = handle(
  GatewayService.methods.getMicroserviceSetupStatus,
  (context) => {
    const { canisters, ledgerFees, administrators, config } = gateway;
    const { ledger, audit, invoice, treasury } = canisters.get();
    const ledgerFee = feeOf(ledgerFees.get(), ledger);
    const part = (name: string, canister: Uint8Array | null, missing: string) => ({
      name,
      canister,
      ready: missing === '',
      missing: missing.slice(0, 300),
    });
    const storage = (canister: Uint8Array | null, failure: string): string =>
      canister === null ? 'Not set: what it should be told waits. Use setCanisterIds.' : failure;
    const factories = factoryPulses(context).map(({ factory, canister, ...pulse }) => {
      const { enabled, health, healthy, failure } = pulse;
      const price = priceOf(config, { factory, ledger: null }, ledgerFee?.fee ?? null, context.now);
      const said = failure === '' ? 'It takes no orders now: ask its getFactoryHealth.' : failure;
      const well = health === null && failure === '' ? 'It has not answered yet.' : said;
      const problems = [
        ...(enabled ? [] : [`Disabled: set ${factory}.enabled.`]),
        ...('Err' in price ? [price.Err.message] : []),
        ...(healthy ? [] : [well]),
      ];
      return part(`factory ${factory}`, canister, problems.join(' '));
    });
    return [
      part('ledger', ledger, ledgerFee === null ? 'It has not told its fee yet.' : ''),
      part('audit storage', audit, storage(audit, auditCourier.failure())),
      part('invoice storage', invoice, storage(invoice, invoiceCourier.failure())),
      part(
        'treasury',
        treasury?.owner ?? null,
        treasury === null ? 'Not set: fees cannot be withdrawn. Use setCanisterIds.' : '',
      ),
      part(
        'administrators',
        null,
        administrators.all.length > 1
          ? ''
          : 'There is one only, who waits a day to confirm his own withdrawals. Use setAdministrators.',
      ),
      ...factories,
    ];
  },
);
