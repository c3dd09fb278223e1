import { binary, type MemoryStore } from '@fabrica/core/store';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Observer } from '../fixtures/observer.ts';
import {
  by,
  changes,
  gina,
  ledger,
  NOW,
  openWallet,
  reopen,
  request,
  rule,
  self,
  transfer,
  user,
} from '../fixtures/wallet.ts';
import { World, type Treatment } from '../fixtures/world.ts';
import type { Action } from '../schemas/actions.ts';
import type { Change } from '../schemas/changes.ts';
import type { Effect } from './config/effects.ts';
import { refuseConfig } from './config/refuse-config.ts';
import { attend, beginDue } from './execution/attend.ts';
import { begin } from './execution/begin.ts';
import { record, resume } from './execution/step.ts';
import { pause } from './guardians.ts';
import { isOpen } from './proposals/ballot.ts';
import { propose } from './proposals/propose.ts';
import { approve, cancel, reject, revoke } from './proposals/vote.ts';
import { DAY, HOUR, MINUTE, SECOND } from './time.ts';
import type { Wallet } from './wallet.ts';

const people = [1, 2, 3, 4, 5].map(user);
const TIMELOCK = HOUR;
const SMALL = 100n;
const PER_TRANSFER = 500n;
const PER_DAY = 900n;

const person = fc.constantFrom(...people);
const some = fc.nat(11);
const treatment = fc.constantFrom<Treatment>(
  'done',
  'done',
  'done, answer lost',
  'lost',
  'undelivered',
  'refused',
);
const change = fc.oneof(
  person.map((who): Change => ({ AddSigner: { who, name: null } })),
  person.map((who): Change => ({ RemoveSigner: who })),
  fc
    .tuple(person, person)
    .map(([old, who]): Change => ({ ReplaceSigner: { old, with: { who, name: null } } })),
  fc.nat(4).map((threshold): Change => ({ SetThreshold: threshold })),
  fc.constant<Change>({ Unpause: null }),
  person.map((who): Change => ({ AddObserver: who })),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.bigInt({ min: 1n, max: 60n }).map((amount) => transfer(amount)),
  fc.bigInt({ min: 50n, max: 600n }).map((amount) => transfer(amount)),
  change.map((one) => changes(one)[0]!),
);
const treatments = fc.array(treatment, { minLength: 3, maxLength: 3 });
const wait = fc.constantFrom(SECOND, 10n * SECOND, 30n * MINUTE, HOUR, HOUR, 5n * HOUR, DAY);
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('propose' as const),
        who: some,
        actions: fc.array(action, { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 10,
      arbitrary: fc.record({ do: fc.constant('approve' as const), who: some, which: some }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom('reject' as const, 'revoke' as const, 'cancel' as const),
        who: some,
        which: some,
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('execute' as const), which: some, treatments }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('wait' as const), time: wait, treatments }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('upgrade' as const, 'pause' as const) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('agree' as const), change }) },
  ),
  { maxLength: 120, size: 'max' },
);
type Step = typeof steps extends fc.Arbitrary<(infer T)[]> ? T : never;

/** A wallet, the world it moves tokens in, and somebody who watches. */
class Run {
  now = NOW;
  readonly world = new World();
  readonly observer = new Observer(
    { threshold: 2, timelock: TIMELOCK, small: SMALL },
    people.slice(0, 3),
  );
  readonly store: MemoryStore;
  readonly effects: Effect[];
  wallet: Wallet;

  constructor(autoExecute: boolean) {
    const small = rule({ kinds: [{ Transfer: null }], targets: [ledger], maxAmount: SMALL });
    const opened = openWallet({
      signers: people.slice(0, 3).map((who) => ({ who, name: null })),
      guardians: [gina],
      timelock: TIMELOCK,
      autoExecute,
      rules: [small],
      limits: [{ ledger, perTransfer: PER_TRANSFER, perDay: PER_DAY }],
    });
    ({ store: this.store, effects: this.effects, wallet: this.wallet } = opened);
  }

  take(one: Step): void {
    if (one.do === 'propose') this.propose(this.who(one.who), one.actions);
    if (one.do === 'approve') this.approve(this.who(one.who), this.openOne(one.which));
    if (one.do === 'reject') this.vote(reject, this.who(one.who), this.openOne(one.which));
    if (one.do === 'revoke') this.vote(revoke, this.who(one.who), this.openOne(one.which));
    if (one.do === 'cancel') this.cancel(this.openOne(one.which));
    if (one.do === 'execute') this.execute(this.ripeOne(one.which), one.treatments);
    if (one.do === 'wait') this.wait(one.time, one.treatments);
    if (one.do === 'upgrade') this.wallet = reopen(this.store, this.effects);
    if (one.do === 'agree') this.agree(changes(one.change));
    if (one.do === 'pause') pause(this.wallet, '', by(gina, this.now));
    this.look();
  }

  /** A signer, or sometimes somebody who is none. */
  private who(number: number): Uint8Array {
    const { members } = this.wallet.config.get();
    const signers = members.filter(({ roles }) => roles.signer);
    return number === 0 ? people[4]! : signers[number % signers.length]!.who;
  }

  /** The number of an open proposal, if there is one; else of one that is not there. */
  private openOne(number: number): number {
    const entries = this.wallet.register.entries();
    return entries[number % entries.length]?.id ?? number;
  }

  /** The number of a proposal that says it may be executed, if there is one; else of any. */
  private ripeOne(number: number): number {
    const ripe = this.wallet.register.entries().filter(({ id }) => {
      const ballot = this.wallet.ballot(id)!;
      return 'Approved' in ballot.state || 'Timelocked' in ballot.state;
    });
    return ripe[number % ripe.length]?.id ?? this.openOne(number);
  }

  private propose(who: Uint8Array, actions: readonly Action[]): void {
    const answer = propose(this.wallet, request(actions), by(who, this.now));
    if ('Err' in answer) return;
    this.observer.proposed(answer.Ok.id, actions);
    this.observer.approved(answer.Ok.id, who);
  }

  private approve(who: Uint8Array, id: number): void {
    const hash = this.wallet.ballot(id)?.hash ?? new Uint8Array();
    const answer = approve(this.wallet, id, hash, by(who, this.now));
    if ('Ok' in answer) this.observer.approved(id, who);
  }

  private vote(cast: typeof reject, who: Uint8Array, id: number): void {
    const answer = cast(this.wallet, id, by(who, this.now));
    if ('Ok' in answer) this.observer.withdrew(id, who);
  }

  /** All signers want the same, and wait for it. */
  private agree(actions: readonly Action[]): void {
    const signers = this.wallet.config.get().members.filter(({ roles }) => roles.signer);
    const id = this.wallet.register.proposals;
    this.propose(signers[0]!.who, actions);
    if (this.wallet.register.proposals === id) return;
    for (const { who } of signers.slice(1)) this.approve(who, id);
    this.look();
    this.now += TIMELOCK;
    this.execute(id, ['done']);
  }

  private cancel(id: number): void {
    const ballot = this.wallet.ballot(id);
    if (ballot !== null) cancel(this.wallet, id, by(ballot.proposer, this.now));
  }

  private execute(id: number, answers: readonly Treatment[]): void {
    const begun = begin(this.wallet, id, people[0]!, by(people[0]!, this.now));
    if ('Ok' in begun) this.run(id, answers, true);
  }

  private wait(time: bigint, answers: readonly Treatment[]): void {
    this.now += time;
    for (const id of attend(this.wallet, this.now).run) {
      const going = 'Executing' in this.wallet.ballot(id)!.state;
      if (going || beginDue(this.wallet, id, by(self, this.now))) this.run(id, answers, !going);
    }
  }

  private run(id: number, answers: readonly Treatment[], first: boolean): void {
    // Nothing executes without the approvals that the policy asks for, in force at this moment.
    if (first) expect(this.observer.allows(id, this.now)).toBe(true);
    const { actions } = this.wallet.contents.get(id);
    let calls = 0;
    for (let next = resume(this.wallet, id, by(self, this.now)); next !== null; ) {
      this.look();
      const answer = this.world.answer(next, answers[calls++ % answers.length]!);
      next = record(this.wallet, id, answer, by(self, this.now));
    }
    expect(this.wallet.ballot(id)!.outcomes.length).toBeLessThanOrEqual(actions.length);
  }

  private look(): void {
    for (const effect of this.effects.splice(0)) {
      if ('RoleAdded' in effect && effect.RoleAdded.role === 'signer') {
        this.observer.signerAdded(effect.RoleAdded.user);
      }
      if ('RoleRemoved' in effect && effect.RoleRemoved.role === 'signer') {
        this.observer.signerRemoved(effect.RoleRemoved.user);
      }
    }
    this.observer.policy.threshold = this.wallet.config.get().threshold;
    this.observer.look(this.now);
    this.check();
  }

  /** What holds whatever happened. */
  private check(): void {
    const config = this.wallet.config.get();
    expect(refuseConfig(config)).toBeNull();
    const signers = config.members.filter(({ roles }) => roles.signer);
    expect(new Set(signers.map(({ who }) => binary(who)))).toEqual(this.observer.signers);
    for (const amount of this.world.byDay.values()) expect(amount).toBeLessThanOrEqual(PER_DAY);
    for (const moved of this.world.moved.values()) {
      expect(moved).toHaveLength(1);
      expect(moved[0]).toBeLessThanOrEqual(PER_TRANSFER);
    }
  }

  /** Outcomes tell what happened: a transfer reported done was made, one reported failed was not. */
  checkOutcomes(): void {
    for (let id = 0; id < this.wallet.register.proposals; id += 1) {
      const { outcomes, attempt } = this.wallet.ballot(id)!;
      const { actions } = this.wallet.contents.get(id);
      for (const [position, one] of actions.entries()) {
        if (!('Transfer' in one)) continue;
        const moved = this.world.moved.has(binary(Uint8Array.of(0, 0, 0, id, 0, 0, 0, position)));
        const outcome = outcomes[position];
        if (outcome === undefined) expect(moved && attempt === null).toBe(false);
        else if ('Done' in outcome) expect(moved).toBe(true);
        else if (!('Unknown' in outcome)) expect(moved).toBe(false);
      }
    }
  }

  /** All signers together can always pass a change, whatever is open, paused or spent. */
  checkNotBricked(): void {
    const signers = this.wallet.config.get().members.filter(({ roles }) => roles.signer);
    const [first] = signers;
    for (const { id } of this.wallet.register.entries()) {
      const ballot = this.wallet.ballot(id)!;
      if (isOpen(ballot.state)) cancel(this.wallet, id, by(ballot.proposer, this.now));
    }
    // What is under way ends by itself: at worst its outcome is unknown.
    for (let hour = 0; hour < 30; hour += 1) this.wait(HOUR, ['lost']);
    const rename = changes({ Rename: { name: 'Still here', description: null } });
    const answer = propose(this.wallet, request(rename), by(first!.who, this.now));
    if ('Err' in answer) throw new Error(answer.Err.code);
    const { id, hash } = answer.Ok;
    this.observer.proposed(id, rename);
    for (const { who } of signers) {
      approve(this.wallet, id, hash, by(who, this.now));
      this.observer.approved(id, who);
    }
    this.observer.look(this.now);
    this.now += TIMELOCK;
    this.execute(id, ['done']);
    expect(this.wallet.config.get().name).toBe('Still here');
  }
}

test('nothing executes without approvals in force, no limit is exceeded, nothing is paid twice, nobody is locked out', () => {
  fc.assert(
    fc.property(fc.boolean(), steps, (autoExecute, all) => {
      const run = new Run(autoExecute);
      for (const one of all) run.take(one);
      run.checkOutcomes();
      run.checkNotBricked();
    }),
    { numRuns: 200 },
  );
}, 60_000);
