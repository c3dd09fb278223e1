import { randomBytes } from 'node:crypto';
import { createIdentity } from '@hadronous/pic';
import type { Principal } from '@dfinity/principal';
import { encoder } from '@fabrica/core/candid';
import { TokenContract, TokenInit } from '@fabrica/token';
import { accepted, actorFor, LEDGER_FEE, type Stepper, type System } from '@fabrica/testing';

/** What the main job brought about, every figure read back from the canisters. */
export interface JobOutcome {
  readonly user: Principal;
  readonly token: Principal;
  readonly paid: bigint;
  readonly invoices: number;
  readonly auditActions: readonly string[];
}

const SUPPLY = 1_000_000_00000000n;
const GIFT = 250_00000000n;

/** Orders a token as a user who was never seen before would, and checks each step by reading it back. */
export async function mainJob(system: System, step: Stepper): Promise<JobOutcome> {
  const identity = createIdentity(randomBytes(16).toString('hex'));
  const user = identity.getPrincipal();
  const account = { owner: user, subaccount: [] as [] };
  const { pic, ids } = system;

  const ledger = actorFor(pic, TokenContract, ids.ledger);
  ledger.setIdentity(identity);
  const gateway = system.gateway;

  const quote = await step('ask for a quote', async () =>
    accepted(await gateway.quote('token', [])),
  );
  const funds = quote.approve + LEDGER_FEE;
  await step('fund a new user with the fee token', async () => {
    const arg = {
      from_subaccount: [],
      to: account,
      amount: funds,
      fee: [],
      memo: [],
      created_at_time: [],
    };
    const sent = await system.ledger.icrc1_transfer(arg as never);
    expect('Ok' in sent, `the transfer failed: ${show(sent)}`);
    expect((await ledger.icrc1_balance_of(account)) === funds, 'the user did not get the funds');
  });

  await step('approve the quoted price', async () => {
    const spender = { owner: ids.gateway, subaccount: [] as [] };
    const arg = {
      from_subaccount: [],
      spender,
      amount: quote.approve,
      expected_allowance: [],
      expires_at: [],
      fee: [],
      memo: [],
      created_at_time: [],
    };
    const approved = await ledger.icrc2_approve(arg as never);
    expect('Ok' in approved, `the approval failed: ${show(approved)}`);
  });

  const requestId = new Uint8Array(randomBytes(16));
  const receipt = await step('order a token through the gateway', async () => {
    gateway.setIdentity(identity);
    const request = { factory: 'token', args: order(user), requestId: [requestId], ledger: [] };
    return accepted(await gateway.createContract(request as never));
  });

  await step('read it back from the factory', async () => {
    const page = await system.tokenFactory.getMyContracts(user, []);
    const [row, ...more] = page.contracts;
    expect(row !== undefined && more.length === 0, 'the factory lists no contract, or too many');
    expect(row!.contract.id.toText() === receipt.contract.toText(), 'the factory lists another');
    expect(row!.roles.includes('creator') && row!.roles.includes('holder'), 'roles are missing');
  });

  await step('check that the price was charged, and no more', async () => {
    const left = await ledger.icrc1_balance_of(account);
    expect(left === 0n, `the user has ${left} left`);
    expect(
      (await system.ledger.icrc1_balance_of({ owner: ids.gateway, subaccount: [] })) >= quote.price,
      'the gateway was not paid',
    );
  });

  await step('transfer some of the new token', async () => {
    const token = actorFor(pic, TokenContract, receipt.contract);
    token.setIdentity(identity);
    const friend = { owner: createIdentity('a friend').getPrincipal(), subaccount: [] as [] };
    const arg = {
      from_subaccount: [],
      to: friend,
      amount: GIFT,
      fee: [],
      memo: [],
      created_at_time: [],
    };
    const sent = await token.icrc1_transfer(arg as never);
    expect('Ok' in sent, `the transfer failed: ${show(sent)}`);
    expect((await token.icrc1_balance_of(friend)) === GIFT, 'the friend did not get it');
  });

  const records = await step('read the invoice and the audit entries', async () => {
    await pic.advanceTime(5000);
    await pic.tick(5);
    system.invoice.setIdentity(identity);
    system.audit.setIdentity(identity);
    const ofRequest = <T extends { reference: Uint8Array | number[] }>(entries: T[]): T[] =>
      entries.filter(({ reference }) => Buffer.from(reference).equals(Buffer.from(requestId)));
    const invoices = ofRequest(
      accepted(await system.invoice.getEntriesByUser(user, [], 50)).entries,
    );
    const audit = ofRequest(accepted(await system.audit.getEntriesByUser(user, [], 50)).entries);
    const charged = invoices.some(({ kind, amount }) => 'Charge' in kind && amount === quote.price);
    expect(charged, 'the invoice is missing');
    expect(audit.length > 0, 'the audit trail is empty');
    return { invoices: invoices.length, actions: audit.map(({ action }) => action).reverse() };
  });

  return {
    user,
    token: receipt.contract,
    paid: receipt.price,
    invoices: records.invoices,
    auditActions: records.actions,
  };
}

function order(user: Principal): Uint8Array {
  return encoder([TokenInit])([
    {
      name: 'Golden Ticket',
      symbol: 'GOLD',
      decimals: 8,
      fee: 10_000n,
      logo: null,
      initialBalances: [
        { account: { owner: user.toUint8Array(), subaccount: null }, amount: SUPPLY },
      ],
      maxSupply: null,
      minter: null,
      feeCollector: null,
      description: null,
      website: null,
      pauser: null,
      archive: null,
    },
  ]);
}

function expect(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'bigint' ? one.toString() : one,
  );
}
