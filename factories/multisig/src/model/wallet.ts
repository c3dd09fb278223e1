import { c } from '@fabrica/core/candid';
import { Cell, stored, type ByteStore } from '@fabrica/core/store';

import type { ActivityEvent } from '../schemas/activity.ts';
import type { Ballot } from '../schemas/proposals.ts';
import { Asset, MAX_ASSETS } from '../schemas/views.ts';
import { WalletConfig } from '../schemas/wallet.ts';
import { ActivityLog } from './activity/activity-log.ts';
import type { Effect } from './config/effects.ts';
import { Usage } from './policy/usage.ts';
import { Ballots } from './proposals/ballots.ts';
import { ClosedStates } from './proposals/closed-states.ts';
import { Contents } from './proposals/contents.ts';
import { Register } from './register.ts';

/** Where a wallet keeps its state: one keyspace each. */
export interface WalletSpaces {
  readonly config: ByteStore;
  readonly register: ByteStore;
  readonly contents: ByteStore;
  readonly ballots: ByteStore;
  readonly closed: ByteStore;
  readonly usage: ByteStore;
  readonly activities: ByteStore;
  readonly assets: ByteStore;
}

/** The state of a wallet. What may be done to it stands in the operations beside it. */
export class Wallet {
  readonly config: Cell<WalletConfig>;
  readonly register: Register;
  readonly contents: Contents;
  readonly ballots: Ballots;
  readonly closed: ClosedStates;
  readonly usage: Usage;
  readonly log: ActivityLog;
  readonly assets: Cell<readonly Asset[]>;
  /** Told of what matters outside the wallet. */
  readonly emit: (effect: Effect) => void;

  constructor(space: WalletSpaces, emit: (effect: Effect) => void) {
    this.config = new Cell(space.config, stored(1, WalletConfig));
    this.register = new Register(space.register);
    this.contents = new Contents(space.contents);
    this.ballots = new Ballots(space.ballots);
    this.closed = new ClosedStates(space.closed);
    this.usage = new Usage(space.usage);
    this.log = new ActivityLog(space.activities, this.register);
    this.assets = new Cell(space.assets, stored(1, c.vec(Asset, { max: MAX_ASSETS })), []);
    this.emit = emit;
  }

  /** The ballot of a proposal, as it was written last; `null` if there is no such proposal. */
  ballot(id: number): Ballot | null {
    return id < this.register.proposals ? this.ballots.get(id) : null;
  }

  /** Writes an entry of the activity log. @param actor `null` for what the wallet does by itself. */
  note(
    event: ActivityEvent,
    actor: Uint8Array | null,
    now: bigint,
    proposal: number | null = null,
  ): void {
    this.log.append({ at: now, actor, proposal, event });
  }
}
