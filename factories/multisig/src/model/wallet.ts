import { c } from '@fabrica/core/candid';
import { Cell, stored, Table, u32, type ByteStore } from '@fabrica/core/store';

import type { ActivityEvent } from '../schemas/activity.ts';
import { Ballot } from '../schemas/proposals.ts';
import { Asset, MAX_ASSETS } from '../schemas/views.ts';
import { WalletConfig } from '../schemas/wallet.ts';
import { ActivityLog } from './activity-log.ts';
import type { Effect } from './config/effects.ts';
import { Counters } from './counters.ts';
import { Usage } from './policy/usage.ts';
import { ClosedStates } from './proposals/closed-states.ts';
import { Contents } from './proposals/contents.ts';
import { OpenList } from './proposals/open-list.ts';

/** Where a wallet keeps its state: one keyspace each. */
export interface WalletSpaces {
  readonly config: ByteStore;
  readonly counters: ByteStore;
  readonly contents: ByteStore;
  readonly ballots: ByteStore;
  readonly open: ByteStore;
  readonly closed: ByteStore;
  readonly usage: ByteStore;
  readonly activities: ByteStore;
  readonly assets: ByteStore;
}

/** The state of a wallet. What may be done to it stands in the operations beside it. */
export class Wallet {
  readonly config: Cell<WalletConfig>;
  readonly counters: Counters;
  readonly contents: Contents;
  readonly ballots: Table<Ballot>;
  readonly open: OpenList;
  readonly closed: ClosedStates;
  readonly usage: Usage;
  readonly log: ActivityLog;
  readonly assets: Cell<readonly Asset[]>;
  /** Told of what matters outside the wallet. */
  readonly emit: (effect: Effect) => void;

  constructor(space: WalletSpaces, emit: (effect: Effect) => void) {
    this.config = new Cell(space.config, stored(1, WalletConfig));
    this.counters = new Counters(space.counters);
    this.contents = new Contents(space.contents);
    this.ballots = new Table(space.ballots, stored(1, Ballot));
    this.open = new OpenList(space.open);
    this.closed = new ClosedStates(space.closed);
    this.usage = new Usage(space.usage);
    this.log = new ActivityLog(space.activities, this.counters);
    this.assets = new Cell(space.assets, stored(1, c.vec(Asset, { max: MAX_ASSETS })), []);
    this.emit = emit;
  }

  /** The ballot of a proposal, as it was written last; `null` if there is no such proposal. */
  ballot(id: number): Ballot | null {
    return id < this.counters.proposals ? this.ballots.get(u32(id)) : null;
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
