import { Principal } from '@dfinity/principal';
import { statusesOf } from '@fabrica/core';
import { decoder } from '@fabrica/core/candid';
import { createIdentity } from '@hadronous/pic';
import { expect } from 'vitest';
import { settle } from '../books.ts';
import { upgradeBuilt } from '../canisters.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { accepted, refusalCode } from '../results.ts';
import { peopleOf, type Subject } from './options.ts';
import type { PuppetStage } from './puppets.ts';
import type { Act } from './random-acts.ts';
import { Shadow, type Known } from './shadow.ts';
import { OTHER, type Stage } from './stage.ts';

const USERS = [1, 2, 3].map((number) => createIdentity(`user ${number}`).getPrincipal());
const MAX_CONTRACTS = 8;

/** A factory of puppets and the model beside it. */
export class Play {
  readonly #subject: Subject;
  readonly #stage: Stage;
  readonly #puppets: PuppetStage;
  readonly #shadow = new Shadow();

  constructor(subject: Subject, stage: Stage, puppets: PuppetStage) {
    this.#subject = subject;
    this.#stage = stage;
    this.#puppets = puppets;
  }

  /** Does it to both. */
  async act(act: Act): Promise<void> {
    switch (act.kind) {
      case 'order':
        return this.#order(USERS[act.user % USERS.length]!);
      case 'upgrade':
        return upgradeBuilt(...this.#factory());
      case 'restart': {
        const [pic, , canisterId, identity] = this.#factory();
        const canister = { canisterId, sender: identity.getPrincipal() };
        await pic.stopCanister(canister);
        return pic.startCanister(canister);
      }
      case 'hours':
        return settle(this.#stage.system, 3 * 3600);
      default: {
        const { contracts } = this.#shadow;
        return this.#told(contracts[act.contract % contracts.length]!, act);
      }
    }
  }

  /** Every list of the factory is the model's. */
  async compare(): Promise<void> {
    const { actor } = this.#puppets.factory;
    const { roles, statuses } = this.#names();
    for (const user of [...USERS, OTHER]) {
      const { contracts } = await actor.getMyContracts(user, []);
      const rows = contracts.map((row) => ({
        id: row.contract.id.toText(),
        roles: row.roles.toSorted(),
      }));
      expect(sorted(rows)).toEqual(sorted(this.#shadow.of(user)));
    }
    const chance = this.#shadow.contracts.length;
    const user = USERS[chance % USERS.length]!;
    for (const role of roles) {
      const held = accepted(await actor.getContractsByRole(role, user, []));
      expect(ids(held)).toEqual(this.#shadow.with(role, user));
    }
    const shown = await actor.getPublicContracts([]);
    expect(ids(shown).sort()).toEqual(this.#shadow.shown().sort());
    const status = statuses[chance % statuses.length]!;
    const inStatus = await actor.queryContracts({ ...ANY, status: [status] }, []);
    expect(ids(inStatus)).toEqual(this.#shadow.inStatus(status));
  }

  /** The factory's own check, which makes every list anew, finds nothing. */
  async check(): Promise<void> {
    const { actor } = this.#puppets.factory;
    accepted(await actor.checkIndexes());
    for (let pause = 0; pause < 10; pause += 1) {
      await settle(this.#stage.system);
      const [check] = (await actor.getFactoryHealth()).indexes;
      if (check!.finishedAt.length === 0) continue;
      const contracts = this.#shadow.contracts.length;
      expect(check).toMatchObject({ contracts, sets: 0, rows: 0, surplus: 0 });
      return;
    }
    throw new Error('The check does not end');
  }

  async #order(creator: Principal): Promise<void> {
    const { contracts } = this.#shadow;
    if (contracts.length === MAX_CONTRACTS) return;
    const puppet = await this.#puppets.order(creator);
    const { roles, statuses } = this.#names();
    const known: Known = {
      puppet,
      creator: creator.toText(),
      roles: new Map(roles.map((role) => [role, new Set<string>()])),
      status: statuses[0]!,
      isPublic: true,
      next: 0n,
    };
    for (const { role, principal } of this.#holdersAtBirth(creator)) {
      known.roles.get(role)!.add(Principal.fromUint8Array(principal).toText());
    }
    contracts.push(known);
  }

  async #told(
    known: Known,
    act: Exclude<Act, { kind: 'order' | 'upgrade' | 'restart' | 'hours' }>,
  ) {
    const { puppet } = known;
    const { roles, statuses } = this.#names();
    const { calls, id } = puppet;
    switch (act.kind) {
      case 'role': {
        const role = roles[act.role % roles.length];
        if (role === undefined) return;
        const user = USERS[act.user % USERS.length]!;
        const change = act.added ? 'Added' : 'Removed';
        accepted(await puppet.role(role, change)(id, user, known.next++));
        this.#changeRole(known, role, user, act.added);
        return;
      }
      case 'status':
        known.status = statuses[act.status % statuses.length]!;
        accepted(await calls.notifyStatusChanged(id, known.status, known.next++));
        return;
      case 'visibility':
        known.isPublic = act.shown;
        accepted(await calls.notifyVisibilityChanged(id, act.shown, known.next++));
        return;
      case 'batch':
        return this.#batch(known, USERS[act.user % USERS.length]!, BigInt(act.old));
      case 'repetition': {
        if (known.next === 0n) return;
        const again = !known.isPublic;
        accepted(await calls.notifyVisibilityChanged(id, again, known.next - 1n));
        return;
      }
      case 'gap': {
        const late = await calls.notifyVisibilityChanged(id, !known.isPublic, known.next + 2n);
        expect(refusalCode(late)).toBe('factory.sequence_gap');
      }
    }
  }

  /** Several events at once, the first of which the factory may know already. */
  async #batch(known: Known, user: Principal, old: bigint): Promise<void> {
    const { roles, statuses } = this.#names();
    const role = roles.at(-1);
    const repeated = old < known.next ? old : known.next;
    const events = [
      ...Array.from({ length: Number(repeated) }, () => ({ VisibilityChanged: !known.isPublic })),
      { StatusChanged: statuses.at(-1)! },
      ...(role === undefined ? [] : [{ RoleAdded: { role, user } }]),
    ];
    const { calls } = known.puppet;
    const next = accepted(await calls.notifyEvents(known.next - repeated, events));
    known.next += BigInt(events.length) - repeated;
    expect(next).toBe(known.next);
    known.status = statuses.at(-1)!;
    if (role !== undefined) this.#changeRole(known, role, user, true);
  }

  #changeRole(known: Known, role: string, user: Principal, added: boolean): void {
    const users = known.roles.get(role)!;
    if (added) users.add(user.toText());
    else users.delete(user.toText());
  }

  #holdersAtBirth(creator: Principal) {
    const { definition, encodeOrder } = this.#subject;
    const decoded = decoder([definition.init])(encodeOrder(peopleOf(creator, OTHER)));
    if (!decoded.ok) throw new Error(`The order does not decode: ${decoded.reason}`);
    const context = { owner: creator.toUint8Array(), now: 0n };
    return definition.rolesAtBirth(decoded.values[0] as never, context);
  }

  #names() {
    const { definition } = this.#subject;
    return { roles: definition.roles, statuses: statusesOf(definition) };
  }

  #factory(): Parameters<typeof upgradeBuilt> {
    const { plugin, id } = this.#puppets.factory;
    return [this.#stage.system.pic, plugin.canister, id, ADMINISTRATOR];
  }
}

/** A query that asks for nothing in particular. */
const ANY = {
  creator: [] as [],
  holder: [] as [],
  version: [] as [],
  namePrefix: [] as [],
  createdFrom: [] as [],
  createdBefore: [] as [],
  publicOnly: false,
};

function ids({ contracts }: { readonly contracts: readonly { readonly id: Principal }[] }) {
  return contracts.map(({ id }) => id.toText());
}

function sorted<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
