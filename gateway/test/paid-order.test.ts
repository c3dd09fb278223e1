import {
  accepted,
  accountOf,
  actorFor,
  BALANCED,
  builtModule,
  canisterFacts,
  LEDGER_FEE,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  requestIdOf,
  settle,
  SUPPLY,
  TOKEN_PRICE,
  tokenOrder,
  type System,
  type User,
} from '@fabrica/testing';
import { TokenContract } from '@fabrica/token';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

type Receipt = Extract<
  Awaited<ReturnType<User['gateway']['createContract']>>,
  { Ok: unknown }
>['Ok'];
type Quote = Extract<Awaited<ReturnType<User['gateway']['quote']>>, { Ok: unknown }>['Ok'];

const REQUEST = requestIdOf('the paid order');
const SPARE = 5_000n;

let system: System;
let user: User;
let quote: Quote;
let receipt: Receipt;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  quote = accepted(await system.gateway.quote('token', []));
  user = await newUser(system, 'alice', { funds: quote.approve + SPARE, approved: quote.approve });
  const order = orderOf(tokenOrder(user.principal), { requestId: REQUEST });
  receipt = accepted(await user.gateway.createContract(order));
  await settle(system);
});

afterAll(async () => {
  await system.pic.tearDown();
});

describe('a paid order', () => {
  it('was quoted at what it costs', () => {
    expect(quote).toMatchObject({
      factory: 'token',
      price: TOKEN_PRICE,
      ledgerFee: LEDGER_FEE,
      approve: TOKEN_PRICE + LEDGER_FEE,
      refundIfFailed: TOKEN_PRICE - LEDGER_FEE,
    });
    expect(quote.ledger.toText()).toBe(system.ids.ledger.toText());
  });

  it('takes the price from the user, and no more', async () => {
    expect(receipt.price).toBe(quote.price);
    expect(await user.balance()).toBe(SPARE);
    const allowance = {
      account: accountOf(user.principal),
      spender: accountOf(system.ids.gateway),
    };
    expect((await system.ledger.icrc2_allowance(allowance)).allowance).toBe(0n);
  });

  it('gives the price to the gateway', async () => {
    const held = await system.ledger.icrc1_balance_of(accountOf(system.ids.gateway));
    expect(held).toBe(quote.price);
  });

  it("stands in the user's contracts, as created and as held", async () => {
    const { contracts, next } = await system.tokenFactory.getMyContracts(user.principal, []);
    expect(next).toEqual([]);
    expect(contracts).toHaveLength(1);
    const [{ contract, roles }] = contracts as [(typeof contracts)[0]];
    expect(contract.id.toText()).toBe(receipt.contract.toText());
    expect(contract.owner.toText()).toBe(user.principal.toText());
    expect(contract).toMatchObject({ name: 'Golden Ticket', status: 'active', isPublic: true });
    expect([...roles].sort()).toEqual(['creator', 'holder']);
  });

  it('leaves the contract to factory and owner, and to nobody else', async () => {
    const { controllers } = await canisterFacts(system.pic, receipt.contract, user.principal);
    const expected = [system.ids.tokenFactory, user.principal].map((id) => id.toText());
    expect(controllers.map((id) => id.toText()).sort()).toEqual(expected.sort());
  });

  it('runs the module that was registered', async () => {
    const { hash } = builtModule('token');
    const facts = await canisterFacts(system.pic, receipt.contract, user.principal);
    expect(facts.moduleHash).toEqual(hash);
    const info = accepted(await system.tokenFactory.getContractInfo(receipt.contract));
    expect(Uint8Array.from(info.moduleHash)).toEqual(hash);
  });

  it('makes what was ordered, knowing its factory and its owner', async () => {
    const token = actorFor(system.pic, TokenContract, receipt.contract);
    expect(await token.icrc1_name()).toBe('Golden Ticket');
    expect(await token.icrc1_total_supply()).toBe(SUPPLY);
    expect(await token.icrc1_balance_of(accountOf(user.principal))).toBe(SUPPLY);
    const health = await token.contractHealth();
    expect(health.factory.toText()).toBe(system.ids.tokenFactory.toText());
    expect(health.owner.toText()).toBe(user.principal.toText());
    expect(health).toMatchObject({ status: 'active', eventsWaiting: 0, eventsDropped: 0 });
  });

  it('has the contract report to its factory that it runs', async () => {
    const health = await system.tokenFactory.getFactoryHealth();
    expect(health).toMatchObject({
      contracts: 1,
      callbacks: 1n,
      underWay: 0,
      failed: 0,
      spares: 0,
    });
  });

  it('leaves a charge and an earning in the invoice storage', async () => {
    system.invoice.setIdentity(user.identity);
    const page = accepted(await system.invoice.getEntriesByReference(REQUEST, [], [], 50));
    expect(page.entries.map(({ kind }) => Object.keys(kind)[0])).toEqual(['Earned', 'Charge']);
    for (const entry of page.entries) {
      expect(entry).toMatchObject({ amount: quote.price, fee: quote.ledgerFee, factory: 'token' });
      expect(entry.status).toEqual({ Completed: null });
      expect(entry.user.toText()).toBe(user.principal.toText());
      expect(entry.writer.toText()).toBe(system.ids.gateway.toText());
      expect(entry.block).toEqual(receipt.block);
    }
  });

  it('leaves the charge and the deployment in the audit storage', async () => {
    system.audit.setIdentity(user.identity);
    const page = accepted(await system.audit.getEntriesByUser(user.principal, [], 50));
    expect(page.entries.map(({ action }) => action)).toEqual([
      'contract.deployed',
      'payment.charged',
    ]);
    const [deployed] = page.entries;
    expect(deployed!.contract[0]?.toText()).toBe(receipt.contract.toText());
    expect(Uint8Array.from(deployed!.reference)).toEqual(REQUEST);
  });

  it('is known to the gateway as deployed, and keeps no arguments', async () => {
    const request = accepted(await user.gateway.getRequest(REQUEST, []));
    expect(request.state).toEqual({ Deployed: null });
    expect(request).toMatchObject({
      factory: 'token',
      price: quote.price,
      refusal: [],
      refund: [],
    });
    expect(request.contract[0]?.toText()).toBe(receipt.contract.toText());
    expect(request.charge[0]?.block).toEqual(receipt.block);
    const { requests } = accepted(await user.gateway.getMyRequests([], 10));
    expect(requests.map(({ requestId }) => Uint8Array.from(requestId))).toEqual([REQUEST]);
    const profile = await user.gateway.getCurrentUserProfile();
    expect(profile).toMatchObject({ orders: 1, open: 0, deployed: 1, refunded: 0 });
  });

  it('balances the books', async () => {
    const [book, ...others] = await system.gateway.getSolvency();
    expect(others).toEqual([]);
    expect(book).toMatchObject({ earned: quote.price, inFlight: 0n, owed: 0n });
    expect(await readBooks(system)).toMatchObject({ ...BALANCED, earned: quote.price });
  });
});
