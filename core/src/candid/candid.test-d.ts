import type { ActorSubclass } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import type { Actor } from '@hadronous/pic';
import { expectTypeOf } from 'vitest';

import {
  bodyDecoder,
  c,
  decoder,
  EncodedBody,
  EncodedVec,
  encoder,
  query,
  service,
  toIdlFactory,
  update,
  type ActorOf,
  type AgentValue,
  type Infer,
  type Schema,
} from './index.ts';

const Account = c.named(
  'Account',
  c.record({ owner: c.principal, subaccount: c.opt(c.blob({ max: 32 })) }),
);
type Account = Infer<typeof Account>;
const Outcome = c.result(c.null, c.variant({ TooOld: c.null, BadFee: c.record({ fee: c.nat }) }));
const Tuple = c.tuple(c.text, c.nat64, c.vec(c.nat8));
type Tree = { readonly leaf: bigint } | { readonly node: readonly Tree[] };
const Tree: Schema<Tree> = c.rec<Tree>(() => c.variant({ leaf: c.nat, node: c.vec(Tree) }));

// Values on the canister's side.
expectTypeOf<Account>().toEqualTypeOf<{
  readonly owner: Uint8Array;
  readonly subaccount: Uint8Array | null;
}>();
expectTypeOf<Infer<typeof Outcome>>().toEqualTypeOf<
  | { readonly Ok: null }
  | {
      readonly Err: { readonly TooOld: null } | { readonly BadFee: { readonly fee: bigint } };
    }
>();
expectTypeOf<Infer<typeof Tuple>>().toEqualTypeOf<readonly [string, bigint, readonly number[]]>();
expectTypeOf<Infer<typeof Tree>>().toEqualTypeOf<Tree>();

// Values on the agents' side.
expectTypeOf<AgentValue<typeof Account>>().toEqualTypeOf<{
  owner: Principal;
  subaccount: [] | [Uint8Array | number[]];
}>();
expectTypeOf<AgentValue<typeof Tuple>>().toEqualTypeOf<[string, bigint, Uint8Array | number[]]>();

// Codecs.
const encode = encoder([Account, c.vec(Account)]);
declare const account: Account;
encode([account, [account]]);
encode([new EncodedBody(Account, new Uint8Array()), new EncodedVec(Account, 0, new Uint8Array())]);
// @ts-expect-error a value is missing
encode([account]);
// @ts-expect-error null is the only way to say none
encode([{ owner: new Uint8Array(), subaccount: undefined }, []]);
// @ts-expect-error encoded elements of another type
encode([account, new EncodedVec(c.nat, 0, new Uint8Array())]);
// @ts-expect-error encoded value of another type
encode([new EncodedBody(Tree, new Uint8Array()), []]);
decoder([Tuple]);
const decoded = decoder([Account, c.opt(c.nat)])(new Uint8Array());
if (decoded.ok) expectTypeOf(decoded.values).toEqualTypeOf<readonly [Account, bigint | null]>();
else expectTypeOf(decoded.reason).toEqualTypeOf<string>();
expectTypeOf(bodyDecoder(Tree)(new Uint8Array())).toEqualTypeOf<Tree>();

// What has two nulls.
// @ts-expect-error an opt holds null
c.opt(c.opt(c.nat));
// @ts-expect-error null is null
c.opt(c.null);
// @ts-expect-error reserved is null
c.opt(c.reserved);
// @ts-expect-error the definition is of another type
c.rec<Tree>(() => c.nat);

// Actors.
const wallet = service(
  'wallet',
  {
    balance: query([Account], c.nat),
    send: update([c.principal, c.nat], Outcome),
    pair: query([], [c.nat, c.text]),
    ping: update([], null),
  },
  [Account],
);
expectTypeOf(wallet.init).toEqualTypeOf<readonly [typeof Account]>();
expectTypeOf(wallet.methods.send.name).toEqualTypeOf<'send'>();
toIdlFactory(wallet);
type Wallet = ActorOf<typeof wallet>;
expectTypeOf<Wallet['balance']>().toEqualTypeOf<
  (account: AgentValue<typeof Account>) => Promise<bigint>
>();
expectTypeOf<Parameters<Wallet['send']>>().toEqualTypeOf<[Principal, bigint]>();
expectTypeOf<Wallet['pair']>().returns.resolves.toEqualTypeOf<[bigint, string]>();
expectTypeOf<Wallet['ping']>().returns.resolves.toEqualTypeOf<undefined>();
expectTypeOf<ActorSubclass<Wallet>['balance']>().toEqualTypeOf<Wallet['balance']>();
expectTypeOf<Actor<Wallet>['balance']>().toEqualTypeOf<Wallet['balance']>();
