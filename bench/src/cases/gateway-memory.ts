import { encoder } from '@fabrica/core/candid';
import { GatewayService } from '@fabrica/gateway';
import { builtModule } from '@fabrica/testing';
import { openGateway } from '../../../gateway/src/model/gateway.ts';
import { Driver, type World } from '../../../gateway/src/model/orders/drive.ts';
import { bytes, type CaseGroup } from '../figure.ts';
import { Lab, OPERATOR, principal } from '../lab/lab.ts';
import { load } from '../lab/load.ts';
import { PreparedStore } from '../lab/prepared-store.ts';

const DEPLOYMENTS = 4_000;
const RELATIONSHIPS = 40_000;
/** Relationships that each user has, and contracts that each factory reports about once. */
const EACH = 20;
const NOW = 1_780_000_000_000_000_000n;
const FACTORY = canister(1, 0);
const LEDGER = canister(2, 0);
const ROLES = ['creator', 'holder', 'signer'];

/** What the gateway keeps for good, in stable memory as it is written there, the map's own share included. */
export const gatewayMemory: CaseGroup = {
  name: 'gateway-memory',
  heavy: true,
  async run() {
    const empty = await occupied(() => undefined);
    const deployed = await occupied(deploy);
    const related = await occupied(relate);
    return [
      bytes('gateway.stable-bytes-per-deployment', Math.ceil((deployed - empty) / DEPLOYMENTS)),
      bytes('gateway.stable-bytes-per-relationship', Math.ceil((related - empty) / RELATIONSHIPS)),
    ];
  },
};

type Gateway = ReturnType<typeof openGateway>;

/** Bytes of stable memory up to the last that is in use, in a gateway that holds what `fill` writes. */
async function occupied(fill: (gateway: Gateway) => Promise<void> | void): Promise<number> {
  const lab = new Lab();
  const module = builtModule('gateway').wasm;
  const wiring = {
    administrators: [OPERATOR],
    ledger: LEDGER,
    audit: null,
    invoice: null,
    treasury: null,
  };
  const { id } = await lab.launch(module, encoder(GatewayService.init)([wiring]));
  const store = new PreparedStore();
  const gateway = openGateway(store);
  const registered = gateway.factories.register('token', FACTORY, NOW);
  if ('Err' in registered) throw new Error(registered.Err.message);
  await fill(gateway);
  await load(lab, id, module, store);
  return lab.network.stableMemory(id).findLastIndex((byte) => byte !== 0) + 1;
}

/** Paid orders that went well, each by a user of its own, with a requestId as long as they may be; all told. */
async function deploy({ journal, audit, invoice }: Gateway): Promise<void> {
  const driver = new Driver(journal);
  for (let number = 0; number < DEPLOYMENTS; number += 1) {
    const requestId = new Uint8Array(32);
    new DataView(requestId.buffer).setUint32(0, Math.imul(number, 0x9e3779b1));
    const draft = {
      requestId,
      caller: principal(number),
      factory: 'token',
      factoryCanister: FACTORY,
      ledger: LEDGER,
      price: 100_000_000n,
      ledgerFee: 10_000n,
      args: new Uint8Array(300).fill(7),
    };
    await driver.start(journal.accept(draft, NOW), worldOf(canister(3, number)));
    audit.confirmed(BigInt(2 * number + 2));
    invoice.confirmed(BigInt(2 * number + 2));
  }
  if (audit.size + invoice.size > 0) throw new Error('Something was left to tell');
}

function worldOf(contract: Uint8Array): World {
  const outcomes = {
    Validate: { kind: 'valid' },
    Charge: { kind: 'paid', block: 123_456n },
    Create: { kind: 'created', contract },
  };
  return {
    perform: ((effect: keyof typeof outcomes) =>
      Promise.resolve(outcomes[effect])) as World['perform'],
    now: () => NOW,
    stopped: () => false,
  };
}

/** Relationships of users with contracts of one factory. */
function relate({ relationships }: Gateway): void {
  for (let number = 0; number < RELATIONSHIPS; number += 1) {
    const report = {
      contract: canister(3, number),
      user: principal(number % (RELATIONSHIPS / EACH)),
      before: 0,
      roles: 2,
      name: 'Golden Ticket',
      since: NOW,
    };
    const taken = relationships.report(0, BigInt(number), ROLES, [report]);
    if ('Err' in taken) throw new Error(taken.Err.message);
  }
}

function canister(kind: number, number: number): Uint8Array {
  const id = new Uint8Array(10);
  new DataView(id.buffer).setUint32(4, number);
  id.set([kind, 0, 0, 0], 0);
  id.set([1, 1], 8);
  return id;
}
