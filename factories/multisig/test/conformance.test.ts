import { accepted, actorFor } from '@fabrica/testing';
import { testFactory, type OwnedContract } from '@fabrica/testing/conformance';
import type { AgentValue } from '@fabrica/core/candid';

import { type Change, multisigFactory, WalletContract, type WalletInit } from '../src/index.ts';

const HOUR = 3_600_000_000_000n;

testFactory(multisigFactory, {
  order: ({ owner, other }) => order([owner, other], 1),
  invalidOrder: { order: ({ owner }) => order([owner], 2), code: 'multisig.threshold_range' },
  contractService: WalletContract,
  refusedToStrangers: [
    'propose',
    'approve',
    'reject',
    'revoke',
    'cancel',
    'execute',
    'pause',
    'watchAsset',
    'unwatchAsset',
    'refreshBalances',
    'uploadChunk',
  ],
  settings: {
    setVisibility: (wallet, isPublic) => decide(wallet, { SetVisibility: isPublic }),
    setAutoUpdate: (wallet, on) => decide(wallet, { SetAutoUpdate: on }),
  },
  async state({ pic, id, owner }) {
    const wallet = actorFor(pic, WalletContract, id);
    wallet.setIdentity(owner.identity);
    const proposals = await wallet.getProposals({ state: [], before: [], limit: [] });
    return { config: accepted(await wallet.getWallet()), proposals: accepted(proposals) };
  },
  roleChanges: [
    {
      role: 'signer',
      add: (wallet, who) => decide(wallet, { AddSigner: { who, name: [] } }),
      remove: (wallet, who) => decide(wallet, { RemoveSigner: who }),
    },
    {
      role: 'observer',
      add: (wallet, who) => decide(wallet, { AddObserver: who }),
      remove: (wallet, who) => decide(wallet, { RemoveObserver: who }),
    },
  ],
});

/** Has a wallet that needs one signer change itself. */
async function decide(
  { pic, id, owner }: OwnedContract,
  change: AgentValue<typeof Change>,
): Promise<void> {
  const wallet = actorFor(pic, WalletContract, id);
  wallet.setIdentity(owner.identity);
  const proposal = { title: 'Change', description: '', actions: [{ Change: change }] };
  accepted(await wallet.propose({ ...proposal, recovery: false, autoExecute: [true] }));
  await pic.advanceTime(1000);
  await pic.tick(3);
}

function order(signers: readonly Uint8Array[], threshold: number): WalletInit {
  return {
    name: 'Conformance Wallet',
    description: null,
    signers: signers.map((who) => ({ who, name: null })),
    observers: [],
    proposers: [],
    guardians: [],
    threshold,
    timelock: 0n,
    lifetime: 24n * HOUR,
    autoExecute: true,
    rules: [],
    limits: [],
    recovery: null,
    isPublic: true,
  };
}
