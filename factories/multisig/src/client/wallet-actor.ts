import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';

import { WalletContract } from '../candid.ts';

/** The interface of a wallet, for `Actor.createActor` and PocketIC. */
export const walletIdlFactory = toIdlFactory(WalletContract);

/** The actor that an agent or PocketIC makes of {@link walletIdlFactory}. */
export type WalletActor = ActorOf<typeof WalletContract>;
