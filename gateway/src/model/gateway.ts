import { c } from '@fabrica/core/candid';
import { Cell, keyspaces, stored, type ByteStore } from '@fabrica/core/store';

import { AuditEvent } from '../peers/audit.ts';
import { Payment } from '../peers/invoice.ts';
import { Administrators } from './administration/administrators.ts';
import { Factories } from './administration/factories.ts';
import { Ledgers } from './administration/ledgers.ts';
import { CanisterIds, LedgerFee } from './administration/wiring.ts';
import { Config } from './config/config.ts';
import { LookUps } from './look-up/look-ups.ts';
import { Journal } from './orders/journal.ts';
import { RefundAsks } from './orders/refund-asks.ts';
import { SolvencyState } from './orders/solvency-record.ts';
import type { Story } from './orders/story.ts';
import { Users } from './orders/users.ts';
import { Outbox } from './outbox/outbox.ts';
import { Relationships } from './registry/relationships.ts';
import type { Order } from './saga/order.ts';
import { Treasury } from './treasury/treasury.ts';

/** The gateway's state. Keyspace numbers are stored data: append only (guideline M6). */
export function openGateway(store: ByteStore) {
  const space = keyspaces(store, {
    administrators: 0,
    canisters: 1,
    factories: 2,
    settings: 3,
    settingsHistory: 4,
    ledgerFees: 5,
    overview: 6,
    orders: 7,
    requestIds: 8,
    users: 9,
    auditOutbox: 10,
    auditHead: 11,
    invoiceOutbox: 12,
    invoiceHead: 13,
    refundAsks: 14,
    withdrawals: 15,
    treasury: 16,
    ledgers: 17,
    // 18: entries of single contracts, before the first release.
    reporters: 19,
    related: 20,
    solvency: 21,
    lookUps: 22,
    owners: 23,
  });
  const audit = new Outbox(space.auditOutbox, space.auditHead, AuditEvent);
  const invoice = new Outbox(space.invoiceOutbox, space.invoiceHead, Payment);
  const users = new Users(space.users);
  const tell = (story: Story): void => {
    for (const event of story.audit) audit.push(event);
    for (const payment of story.payments) invoice.push(payment);
  };
  const factories = new Factories(space.factories);
  const ledgers = new Ledgers(space.ledgers);
  const relationships = new Relationships(space, factories);
  const deployed = ({ contract, factoryCanister }: Order): void => {
    const place = factories.placeOf(factoryCanister);
    if (contract !== null && place !== null) relationships.claim(contract, place);
  };
  return {
    administrators: new Administrators(space.administrators),
    canisters: new Cell(space.canisters, stored(1, CanisterIds)),
    factories,
    ledgers,
    /** What stands for factories and ledgers in names of settings. */
    names: { isFactory: factories.has, isLedger: ledgers.has },
    config: new Config(space.settings, space.settingsHistory),
    /** The fee of each ledger as it was last told; see `ledger-fee.ts`. */
    ledgerFees: new Cell(space.ledgerFees, stored(1, c.vec(LedgerFee, { max: 100 })), []),
    users,
    audit,
    invoice,
    journal: new Journal(space, users, { tell, deployed }),
    refundAsks: new RefundAsks(space.refundAsks),
    lookUps: new LookUps(space.lookUps),
    treasury: new Treasury(space.withdrawals, space.treasury),
    relationships,
    /** What the last look at each ledger's account found. */
    solvency: new Cell(space.solvency, stored(1, c.vec(SolvencyState, { max: 100 })), []),
  };
}

/** The gateway's state. */
export type Gateway = ReturnType<typeof openGateway>;
