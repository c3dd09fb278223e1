import { accepted, actorFor } from '@fabrica/testing';
import { testReleases, type LiveContract } from '@fabrica/testing/releases';
import type { Identity } from '@dfinity/agent';
import { createIdentity } from '@hadronous/pic';

import { actions, createWalletClient } from '../src/client/index.ts';
import { multisigFactory, WalletContract } from '../src/index.ts';

const HOUR = 3_600_000_000_000n;
const LEDGER = createIdentity('a ledger').getPrincipal();
const FRIEND = createIdentity('a friend').getPrincipal();

testReleases(multisigFactory, {
  order: ({ owner, other }) => ({
    name: 'Released Wallet',
    description: 'Kept since its release',
    signers: [owner, other].map((who) => ({ who, name: null })),
    observers: [],
    proposers: [],
    guardians: [],
    threshold: 2,
    timelock: 0n,
    lifetime: 720n * HOUR,
    autoExecute: true,
    rules: [],
    limits: [],
    recovery: null,
    isPublic: true,
  }),

  /** One proposal that is carried out, one that is turned down, one that waits for the second signer. */
  async use(contract, round) {
    const [owner, other] = [walletOf(contract, contract.owner), walletOf(contract, contract.other)];
    const observer = createIdentity(`observer ${round}`).getPrincipal();
    const [carried, refused] = [
      accepted(
        await createWalletClient(owner).propose({
          title: 'An observer',
          actions: [{ Change: { AddObserver: observer } }],
        }),
      ),
      accepted(
        await createWalletClient(owner).propose({
          title: 'Too much',
          actions: [actions.transfer(LEDGER, { owner: FRIEND }, 1_000_000n)],
        }),
      ),
    ];
    accepted(
      await createWalletClient(owner).propose({
        title: 'A gift',
        actions: [actions.transfer(LEDGER, { owner: FRIEND }, 5n)],
      }),
    );
    const seen = accepted(await other.getProposal(carried.id));
    accepted(await other.approve(seen.id, seen.hash));
    accepted(await other.reject(refused.id));
  },

  async read(contract) {
    const wallet = walletOf(contract, contract.owner);
    const { proposals } = accepted(
      await wallet.getProposals({ state: [], before: [], limit: [100] }),
    );
    return {
      wallet: accepted(await wallet.getWallet()),
      proposals: await Promise.all(
        proposals.map(async ({ id }) => accepted(await wallet.getProposal(id))),
      ),
      activity: accepted(await wallet.getActivity({ before: [], limit: [100] })),
    };
  },
});

function walletOf({ pic, id }: LiveContract, identity: Identity) {
  const wallet = actorFor(pic, WalletContract, id);
  wallet.setIdentity(identity);
  return wallet;
}
