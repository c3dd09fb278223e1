import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { IDL } from '@dfinity/candid';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTargets } from '../../build/targets.ts';
import { compareInterfaces } from './compare.ts';
import { parseDid } from './parse-did.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TYPES = `type Account = record { owner : principal; subaccount : opt blob };
type Error = variant { Poor : record { balance : nat }; Late };
type Tree = variant { leaf : nat; fork : record { Tree; Tree } };
`;
const BEFORE = did('transfer : (Account, nat) -> (variant { Ok : nat; Err : Error });');

function did(methods: string, types = TYPES, init = ''): string {
  return `${types}service : ${init}{ ${methods} }`;
}

describe('an interface takes the place of', () => {
  test('itself, for every interface of the project', () => {
    const files = readTargets(ROOT, { template: true }).map(({ candid }) => candid);
    expect(files.length).toBeGreaterThan(6);
    for (const file of files) {
      const text = readFileSync(ROOT + file, 'utf8');
      expect(parseDid(text).methods.size, file).toBeGreaterThan(5);
      expect(compareInterfaces(text, text), file).toEqual({ breaking: [], notes: [], added: [] });
    }
  });

  test.each([
    [
      'a method is added',
      'transfer : (Account, nat) -> (variant { Ok : nat; Err : Error }); more : () -> ();',
    ],
    [
      'an argument that may be absent is added',
      'transfer : (Account, nat, opt text) -> (variant { Ok : nat; Err : Error });',
    ],
    ['more is taken', 'transfer : (Account, int) -> (variant { Ok : nat; Err : Error });'],
    ['less is answered', 'transfer : (Account, nat) -> (variant { Ok : nat });'],
    [
      'a second result is answered',
      'transfer : (Account, nat) -> (variant { Ok : nat; Err : Error }, text);',
    ],
    [
      'names and comments change',
      '/* c */ "transfer" : (from : Account, amount : nat) -> (r : variant { Ok : nat; Err : Error }) // end\n;',
    ],
  ])('one where %s', (_, methods) => {
    expect(compareInterfaces(BEFORE, did(methods)).breaking).toEqual([]);
  });
});

describe('a breaking change is', () => {
  test.each([
    ['other : () -> ();', 'transfer: is gone'],
    [
      'transfer : (Account, nat) -> (variant { Ok : nat; Err : Error }) query;',
      'transfer: is query, was update',
    ],
    [
      'transfer : (Account, nat, text) -> (variant { Ok : nat; Err : Error });',
      'transfer, argument 3: is asked for now',
    ],
    [
      'transfer : (Account, nat64) -> (variant { Ok : nat; Err : Error });',
      'transfer, argument 2: nat64, was nat',
    ],
    [
      'transfer : (Account, nat) -> (variant { Ok : int; Err : Error });',
      'transfer, result 1#Ok: int, was nat',
    ],
    [
      'transfer : (Account, nat) -> (variant { Ok : nat; Err : Error; Wait });',
      'transfer, result 1#Wait: is answered now, and nobody knows it',
    ],
    ['transfer : (Account, nat) -> ();', 'transfer, result 1: is gone'],
  ])('%s', (methods, sentence) => {
    expect(compareInterfaces(BEFORE, did(methods)).breaking).toEqual([sentence]);
  });

  test.each([
    [
      'record { owner : principal; subaccount : opt blob; memo : text }',
      'put, argument 1.memo: is asked for now',
    ],
    [
      'record { owner : text; subaccount : opt blob }',
      'put, argument 1.owner: text, was principal',
    ],
  ])('a field of an argument: %s', (account, sentence) => {
    const after = did('put : (Account) -> ();', `type Account = ${account};`);
    expect(compareInterfaces(did('put : (Account) -> ();'), after).breaking).toEqual([sentence]);
  });

  test('a field that is no longer answered, deep inside', () => {
    const page = (fields: string) =>
      did(`page : () -> (record { rows : vec record { ${fields} } }) query;`);
    expect(compareInterfaces(page('id : nat; at : nat64'), page('id : nat')).breaking).toEqual([
      'page, result 1.rows[].at: is no longer answered',
    ]);
  });

  test('in a type that contains itself', () => {
    const after = TYPES.replace('leaf : nat;', 'leaf : int;');
    const grow = 'grow : () -> (Tree);';
    expect(compareInterfaces(did(grow), did(grow, after)).breaking).toEqual([
      'grow, result 1#leaf: int, was nat',
    ]);
  });

  test('what it is installed with, for factories made before install with it', () => {
    const [was, is] = [did('', TYPES, '(Account) -> '), did('', TYPES, '(Account, text) -> ')];
    expect(compareInterfaces(was, is).breaking).toEqual([
      'installation, argument 2: is asked for now',
    ]);
  });
});

test('an opt whose inside changed is lawful, and noted', () => {
  const [was, is] = [did('note : () -> (opt nat);'), did('note : () -> (opt text);')];
  const { breaking, notes } = compareInterfaces(was, is);
  expect([breaking, notes.length]).toEqual([[], 1]);
});

describe('a text that is no interface is refused, with its line', () => {
  test.each([
    ['import "other.did";\nservice : {}', /Line 1: .*imports/],
    ['service : {\n f : (Absent) -> () }', /Line 2: .*Absent is not/],
    ['service : { f : () -> ()', /Line 1/],
    ['type A = nat; type A = int; service : {}', /one type called A/],
    ['service : { f : (record { a : nat; a : nat }) -> () }', /one field a/],
    ['type T = nat; service : T', /a service/],
    ['service : {} %', /no Candid/],
  ])('%s', (text, reason) => {
    expect(() => parseDid(text)).toThrow(reason);
  });
});

test('the reasons agree with the verdict of the library, whatever the types', () => {
  const { type } = fc.letrec<{ type: IDL.Type }>((tie) => ({
    type: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom(IDL.Nat, IDL.Int, IDL.Text, IDL.Null, IDL.Reserved, IDL.Empty),
      tie('type').map((inner) => IDL.Opt(inner)),
      tie('type').map((inner) => IDL.Vec(inner)),
      fc
        .dictionary(fc.constantFrom('a', 'b', 'c'), tie('type'))
        .map((fields) => IDL.Record(fields)),
      fc
        .dictionary(fc.constantFrom('a', 'b', 'c'), tie('type'))
        .map((fields) => IDL.Variant(fields)),
    ),
  }));
  fc.assert(
    fc.property(type, type, type, type, (arg, answer, newArg, newAnswer) => {
      const text = (a: IDL.Type, b: IDL.Type) =>
        `service : { f : (${a.display()}) -> (${b.display()}) }`;
      const [was, is] = [text(arg, answer), text(newArg, newAnswer)];
      const lawful = IDL.subtype(
        IDL.Func([newArg], [newAnswer], []),
        IDL.Func([arg], [answer], []),
      );
      expect(compareInterfaces(was, is).breaking.length === 0).toBe(lawful);
    }),
    { numRuns: 500 },
  );
});
