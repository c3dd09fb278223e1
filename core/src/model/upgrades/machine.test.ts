import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equal } from '../../store/index.ts';
import { intent, nextCall, settle, type Answer, type UpgradeCall } from './machine.ts';
import { isOver, phaseOf, prepared, type UpgradeRecord } from './upgrade.ts';

const OLD = new Uint8Array(32).fill(1);
const NEW = new Uint8Array(32).fill(2);
const order = {
  contract: Uint8Array.of(9, 1),
  number: 0,
  fromVersion: '1.0.0',
  fromHash: OLD,
  toVersion: '1.1.0',
  toHash: NEW,
  initiator: { Owner: null },
  requestedBy: Uint8Array.of(7),
} as const;

/** What the new code does when it runs. */
type Code = 'good' | 'refused' | 'wrong version' | 'traps';
/** What becomes of one call: answered; lost before or after it took effect; or the factory is cut short. */
type Fate = 'well' | 'refused' | 'not sent' | 'lost' | 'cut before' | 'cut after';

/** A contract on the platform, and the upgrade as the factory has it in stable memory. */
class World {
  status: 'running' | 'stopped' = 'running';
  hash: Uint8Array = OLD;
  data = 'old data';
  snapshots: { readonly hash: Uint8Array; readonly data: string }[] = [];
  record: UpgradeRecord = prepared(order, 0n);
  now = 0n;
  calls = 0;
  readonly code: Code;

  constructor(code: Code) {
    this.code = code;
  }

  /** One step of a driver: write the intent, call, write the outcome, unless it is cut short. */
  step(fate: Fate): void {
    const call = nextCall(this.record);
    if (call === null) return;
    if (this.record.dueAt > this.now) this.now = this.record.dueAt;
    this.calls += 1;
    const before = this.record;
    this.record = intent(before);
    if (fate === 'cut before') return;
    const answer = this.answer(call, fate);
    if (fate === 'cut after') return;
    this.record = settle(before, answer, this.now);
  }

  answer(call: UpgradeCall, fate: Fate): Answer {
    if (fate === 'not sent') return { kind: 'failed', retriable: true, message: 'queue full' };
    if (fate === 'refused') return { kind: 'failed', retriable: false, message: 'refused' };
    const answer = this.#perform(call);
    return fate === 'lost' ? { kind: 'failed', retriable: true, message: 'lost' } : answer;
  }

  #perform(call: UpgradeCall): Answer {
    switch (call) {
      case 'status':
        return {
          kind: 'facts',
          facts: { controlled: true, status: this.status, moduleHash: this.hash },
        };
      case 'stop':
        this.status = 'stopped';
        return { kind: 'done' };
      case 'start':
        this.status = 'running';
        return { kind: 'done' };
      case 'snapshot':
        // The rule the whole machine rests on: nothing happens between snapshot and installation.
        expect(this.status).toBe('stopped');
        this.snapshots.push({ hash: this.hash, data: this.data });
        return { kind: 'snapshot', id: Uint8Array.of(this.snapshots.length - 1) };
      case 'list': {
        const last = this.snapshots.length - 1;
        return { kind: 'snapshot', id: last < 0 ? null : Uint8Array.of(last) };
      }
      case 'install':
        expect(this.status).toBe('stopped');
        expect(this.snapshots.length).toBeGreaterThan(0);
        if (this.code === 'refused') {
          return { kind: 'failed', retriable: false, message: 'trap in post_upgrade' };
        }
        this.hash = NEW;
        this.data = 'new data';
        return { kind: 'done' };
      case 'probe':
        return this.#probe();
      case 'load': {
        const { hash, data } = this.snapshots[this.record.snapshot![0]!]!;
        this.hash = hash;
        this.data = data;
        return { kind: 'done' };
      }
      case 'discard':
        return { kind: 'done' };
    }
  }

  #probe(): Answer {
    if (this.status === 'stopped') return { kind: 'failed', retriable: false, message: 'stopped' };
    if (equal(this.hash, OLD)) return { kind: 'version', version: '1.0.0' };
    if (this.code === 'traps') return { kind: 'failed', retriable: false, message: 'trapped' };
    return { kind: 'version', version: this.code === 'good' ? '1.1.0' : '1.0.9' };
  }
}

/** Runs to the end: first with the fates given, then with all well. */
function run(code: Code, fates: readonly Fate[] = []): World {
  const world = new World(code);
  for (const fate of fates) world.step(fate);
  for (let step = 0; step < 60 && !isOver(world.record); step += 1) world.step('well');
  return world;
}

describe('an upgrade on which nothing goes wrong', () => {
  test('commits', () => {
    const { record, calls, hash, status } = run('good');
    expect(phaseOf(record)).toBe('Committed');
    expect(record).toMatchObject({ reason: null, foundHash: NEW });
    expect([hash, status]).toEqual([NEW, 'running']);
    // status, stop, snapshot, install, start, probe, status, discard
    expect(calls).toBe(8);
  });

  test.each([
    ['refused', 'factory.upgrade_install_failed'],
    ['wrong version', 'factory.upgrade_wrong_version'],
    ['traps', 'factory.upgrade_probe_failed'],
  ] as const)('restores what was when the new code is %s', (code, reason) => {
    const { record, hash, data, status } = run(code);
    expect(phaseOf(record)).toBe('Restored');
    expect(record.reason?.code).toBe(reason);
    expect(record.foundHash).toEqual(OLD);
    expect([hash, data, status]).toEqual([OLD, 'old data', 'running']);
  });
});

describe('before anything is touched', () => {
  const answer = (facts: Partial<Extract<Answer, { kind: 'facts' }>['facts']>): Answer => ({
    kind: 'facts',
    facts: { controlled: true, status: 'running', moduleHash: OLD, ...facts },
  });
  const start = prepared(order, 5n);

  test.each([
    [
      'the owner stopped the contract',
      { status: 'stopped' as const },
      'factory.upgrade_not_running',
    ],
    ['the canister is empty', { moduleHash: null }, 'factory.upgrade_empty'],
    ['the factory lost control', { controlled: false }, 'factory.upgrade_not_controlled'],
  ])('ends at once if %s', (_, facts, code) => {
    const settled = settle(start, answer(facts), 6n);
    expect(phaseOf(settled)).toBe('Failed');
    expect(settled.reason?.code).toBe(code);
  });

  test('has nothing to do if the contract runs the module already', () => {
    expect(phaseOf(settle(start, answer({ moduleHash: NEW }), 6n))).toBe('Committed');
  });

  test('goes back to what the platform says runs, not to what was recorded', () => {
    const other = new Uint8Array(32).fill(3);
    const settled = settle(start, answer({ moduleHash: other }), 6n);
    expect(phaseOf(settled)).toBe('Stopping');
    expect(settled.fromHash).toEqual(other);
  });
});

test('a module that somebody else installs meanwhile is left alone', () => {
  const world = new World('good');
  while (phaseOf(world.record) !== 'Probing') world.step('well');
  world.step('well');
  world.hash = new Uint8Array(32).fill(4);
  world.data = 'theirs';
  for (let step = 0; step < 10; step += 1) world.step('well');
  expect(phaseOf(world.record)).toBe('Failed');
  expect(world.record).toMatchObject({ foundHash: world.hash });
  expect([world.data, world.status]).toEqual(['theirs', 'running']);
});

test('whatever goes wrong, and wherever it is cut short, the contract runs and the record is true', () => {
  const fate = fc.constantFrom<Fate>(
    'well',
    'refused',
    'not sent',
    'lost',
    'cut before',
    'cut after',
  );
  const code = fc.constantFrom<Code>('good', 'refused', 'wrong version', 'traps');
  const seen = new Set<string>();
  fc.assert(
    fc.property(code, fc.array(fate, { maxLength: 30 }), (which, fates) => {
      const { record, hash, data, status } = run(which, fates);
      const name = phaseOf(record);
      seen.add(name);
      expect(isOver(record)).toBe(true);
      expect(status).toBe('running');
      if (name === 'Committed') expect(record.reason).toBeNull();
      else expect(record.reason).not.toBeNull();
      if (name === 'Failed' && record.foundHash === null) {
        // The platform never told: nothing was touched.
        expect([hash, data]).toEqual([OLD, 'old data']);
        return;
      }
      expect(record.foundHash).toEqual(hash);
      if (name === 'Committed') expect([hash, data]).toEqual([NEW, 'new data']);
      if (name === 'Restored') expect([hash, data]).toEqual([OLD, 'old data']);
      if (which === 'refused') expect(hash).toEqual(OLD);
    }),
    { numRuns: 3000 },
  );
  expect([...seen].sort()).toEqual(['Committed', 'Failed', 'Restored']);
});

test('a snapshot that cannot be loaded is left to the owner', () => {
  const world = new World('traps');
  while (phaseOf(world.record) !== 'Restoring') world.step('well');
  for (let step = 0; step < 100 && phaseOf(world.record) === 'Restoring'; step += 1) {
    world.step(nextCall(world.record) === 'load' ? 'refused' : 'well');
  }
  const calls: (UpgradeCall | null)[] = [];
  while (!isOver(world.record)) {
    calls.push(nextCall(world.record));
    world.step('well');
  }
  expect(calls).toEqual(['start', 'status']);
  expect(world.record.reason?.code).toBe('factory.upgrade_restore_failed');
  expect(world.record.foundHash).toEqual(NEW);
});
