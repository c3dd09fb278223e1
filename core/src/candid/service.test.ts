import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';

import {
  c,
  compositeQuery,
  query,
  service,
  toDid,
  toIdl,
  toIdlArgs,
  toIdlFactory,
  update,
  type Schema,
} from './index.ts';

type Value = { readonly Nat: bigint } | { readonly Map: readonly (readonly [string, Value])[] };
const Value: Schema<Value> = c.named(
  'Value',
  c.rec<Value>(() => c.variant({ Nat: c.nat, Map: c.vec(c.tuple(c.text, Value)) })),
);
const Account = c.named(
  'Account',
  c.record({ owner: c.principal, subaccount: c.opt(c.blob({ max: 32 })) }),
);
const TransferError = c.named(
  'TransferError',
  c.variant({ TooOld: c.null, BadFee: c.record({ fee: c.nat }) }),
);

const ledger = service(
  'ledger',
  {
    icrc1_balance_of: query([Account], c.nat),
    transfer: update(
      [c.record({ to: Account, amount: c.nat, type: c.opt(c.text) })],
      c.result(c.nat, TransferError),
    ),
    archives: compositeQuery([], c.vec(c.func([c.nat], [Value], 'query'))),
    'odd "name"': update([], [c.bool, c.service({ get: c.func([], [c.empty]) })]),
    ping: update(
      [c.record({ _0_: c.null, _5_: c.reserved }), c.tuple(c.nat8, c.float64), c.record({})],
      null,
    ),
  },
  [Account],
);

describe('a .did file', () => {
  it('defines named types before their use, and quotes what is no identifier', () => {
    expect(toDid(ledger)).toMatchInlineSnapshot(`
      "type Account = record { owner : principal; subaccount : opt blob };
      type TransferError = variant { BadFee : record { fee : nat }; TooOld };
      type Value = variant { Map : vec record { text; Value }; Nat : nat };

      service : (Account) -> {
        icrc1_balance_of : (Account) -> (nat) query;
        transfer : (record { to : Account; "type" : opt text; amount : nat }) -> (variant { Ok : nat; Err : TransferError });
        archives : () -> (vec func (nat) -> (Value) query) composite_query;
        "odd \\"name\\"" : () -> (bool, service { get : () -> (empty) });
        ping : (record { 0 : null; 5 : reserved }, record { nat8; float64 }, record {}) -> ();
      }
      "
    `);
  });

  it('needs no types and no init arguments', () => {
    expect(toDid(service('empty', {}))).toBe('service : {\n}\n');
  });

  it('puts the parts of long types on lines of their own', () => {
    const wide = c.record({
      first_of_the_fields: c.nat,
      second_of_the_fields: c.variant({
        first_of_the_alternatives: c.nat,
        second_of_them_all: c.text,
      }),
    });
    expect(toDid(service('s', { f: update([wide], null) }))).toMatchInlineSnapshot(`
      "service : {
        f : (record {
          second_of_the_fields : variant { second_of_them_all : text; first_of_the_alternatives : nat };
          first_of_the_fields : nat;
        }) -> ();
      }
      "
    `);
  });

  it('refuses one name for two types', () => {
    const other = c.named('Account', c.record({ id: c.nat }));
    expect(() => toDid(service('s', { f: update([Account, other], null) }))).toThrow(TypeError);
    expect(() => toDid(service('s', { f: update([c.named('text', c.nat)], null) }))).toThrow(
      TypeError,
    );
  });

  it('takes equal types of one name for one, recursive or not', () => {
    const again = c.named('Account', c.record({ owner: c.principal, subaccount: c.opt(c.blob) }));
    const unnamed: Schema<Value> = c.rec<Value>(() => definition);
    const definition = c.named(
      'Value',
      c.variant({ Nat: c.nat, Map: c.vec(c.tuple(c.text, unnamed)) }),
    );
    const text = toDid(service('s', { f: update([Account, again, Value, unnamed], null) }));
    expect(text.match(/^type /gm)).toHaveLength(2);
  });

  it('refuses a recursive type without a name', () => {
    const list: Schema<readonly unknown[]> = c.rec<readonly unknown[]>(() => c.vec(list));
    expect(() => toDid(service('s', { f: update([list], null) }))).toThrow(TypeError);
  });
});

describe('an IDL type', () => {
  it('is the one an agent would declare', () => {
    const expected = IDL.Record({ owner: IDL.Principal, subaccount: IDL.Opt(IDL.Vec(IDL.Nat8)) });
    expect(toIdl(IDL, Account).display()).toBe(expected.display());
    expect(toIdlArgs(IDL, [c.nat, c.empty]).map((type) => type.display())).toEqual([
      'nat',
      'empty',
    ]);
  });

  it('of a service has its methods, modes and results', () => {
    const type = toIdlFactory(ledger)({ IDL });
    const methods = type._fields.map(([name, func]) => [
      name,
      func.annotations,
      func.retTypes.length,
    ]);
    expect(methods).toEqual([
      ['archives', ['composite_query'], 1],
      ['icrc1_balance_of', ['query'], 1],
      ['odd "name"', [], 2],
      ['ping', [], 0],
      ['transfer', [], 1],
    ]);
  });
});
