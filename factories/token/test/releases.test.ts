import { accountOf, actorFor, approvalOf, paid, transferOf } from '@fabrica/testing';
import { testReleases, type LiveContract } from '@fabrica/testing/releases';
import { createIdentity } from '@hadronous/pic';

import { TokenContract, tokenFactory } from '../src/index.ts';

const SPENDER = createIdentity('spender').getPrincipal();
const HOLDERS = Array.from({ length: 20 }, (_, at) =>
  createIdentity(`holder ${at}`).getPrincipal(),
);

testReleases(tokenFactory, {
  order: ({ owner, other }) => ({
    name: 'Released Coin',
    symbol: 'REL',
    decimals: 8,
    fee: 10_000n,
    logo: null,
    initialBalances: [owner, other].map((holder) => ({
      account: { owner: holder, subaccount: null },
      amount: 1_000_000_000n,
    })),
    maxSupply: null,
    minter: null,
    feeCollector: null,
    description: 'Held since its release',
    website: null,
    pauser: null,
    archive: null,
  }),

  async use(contract, round) {
    const token = asOwner(contract);
    for (const [at, holder] of HOLDERS.entries()) {
      paid(
        await token.icrc1_transfer(transferOf(holder, BigInt(1_000_000 * round + 1_000 * at + 1))),
      );
    }
    paid(await token.icrc2_approve(approvalOf(SPENDER, 77_777n)));
  },

  async read(contract) {
    const token = asOwner(contract);
    const owner = accountOf(contract.owner.getPrincipal());
    const people = [contract.owner.getPrincipal(), ...HOLDERS];
    return {
      balances: await Promise.all(people.map((one) => token.icrc1_balance_of(accountOf(one)))),
      supply: await token.icrc1_total_supply(),
      metadata: await token.icrc1_metadata(),
      allowance: await token.icrc2_allowance({ account: owner, spender: accountOf(SPENDER) }),
      log: await token.icrc3_get_blocks([{ start: 0n, length: 100n }]),
    };
  },
});

function asOwner({ pic, id, owner }: LiveContract) {
  const token = actorFor(pic, TokenContract, id);
  token.setIdentity(owner);
  return token;
}
