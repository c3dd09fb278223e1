import type { Result } from '@fabrica/core';
import { c, EncodedVec, type Infer } from '@fabrica/core/candid';
import { binary, stored, Table, type ByteStore } from '@fabrica/core/store';

import { gatewayErrors } from '../../errors.ts';
import type { Factories } from '../administration/factories.ts';
import { Owners } from './owners.ts';
import { UserRows } from './related-rows.ts';
import {
  RelatedContract,
  RoleNames,
  type FactoryRoles,
  type RelatedFilter,
  type RelationshipReport,
} from './report.ts';

/** What is known of a factory as a reporter. */
const Reporter = c.record({ next: c.nat64, roles: RoleNames });

/** The stable spaces of the registry. */
export interface RegistrySpaces {
  /** Which factory each contract is of. */
  readonly owners: ByteStore;
  /** Place of a factory -> what it reported so far. */
  readonly reporters: ByteStore;
  readonly related: ByteStore;
}

/** Who has to do with which contract, as the factories report it; each about its own contracts only. */
export class Relationships {
  readonly #factories: Factories;
  readonly #owners: Owners;
  readonly #reporters: Table<Infer<typeof Reporter>>;
  readonly #rows: UserRows;

  constructor(spaces: RegistrySpaces, factories: Factories) {
    this.#factories = factories;
    this.#owners = new Owners(spaces.owners);
    this.#reporters = new Table(spaces.reporters, stored(1, Reporter));
    this.#rows = new UserRows(spaces.related);
  }

  /** Notes whose contract it is. It stays so: the first word counts, and the gateway's own comes first. */
  claim(contract: Uint8Array, place: number): void {
    this.#owners.claim(contract, place);
  }

  /** The number of the report expected next from the factory at `place`. */
  expected(place: number): bigint {
    return this.#reporters.get(keyOf(place))?.next ?? 0n;
  }

  /**
   * Takes a batch from the factory at `place`. What was taken before is skipped, so sending again is harmless; a gap,
   * or a word about another factory's contract, is refused with the whole batch.
   *
   * @returns the number expected next.
   */
  report(
    place: number,
    first: bigint,
    roles: readonly string[],
    reports: readonly RelationshipReport[],
  ): Result<bigint> {
    const expected = this.expected(place);
    if (first > expected) return gatewayErrors.sequence_gap({ expected });
    const skipped = Number(expected - first);
    const fresh = reports.slice(skipped);
    const owned = fresh.map(({ contract }) => this.#owners.placeOf(contract));
    const foreign = owned.findIndex((owner) => owner !== null && owner !== place);
    if (foreign !== -1) return gatewayErrors.not_its_contract({ place: skipped + foreign });

    const factory = this.#factories.all[place]!.id;
    const added = new Set<string>();
    fresh.forEach((report, at) => {
      const name = binary(report.contract);
      if (owned[at] === null && !added.has(name)) this.#owners.add(report.contract, place);
      added.add(name);
      this.#apply(place, factory, report);
    });
    const next = expected + BigInt(fresh.length);
    this.#reporters.set(keyOf(place), { next, roles });
    return { Ok: next };
  }

  /** A page of what a user has to do with, newest first. An unknown factory or role finds nothing. */
  related(user: Uint8Array, filter: RelatedFilter, cursor: number | null, limit: number) {
    const { factory, role, past } = filter;
    const masks = new Map<number, number>();
    const maskOf = (place: number): number => {
      let mask = masks.get(place);
      if (mask === undefined) masks.set(place, (mask = this.#mask(place, factory, role)));
      return mask;
    };
    const { count, bytes, next } = this.#rows.read(user, cursor, limit, (place, roles) =>
      roles === 0 ? past && role === null && maskOf(place) > 0 : (maskOf(place) & roles) > 0,
    );
    return {
      contracts: new EncodedVec(RelatedContract, count, bytes),
      factories: this.#legend([...masks.keys()]),
      next,
    };
  }

  #apply(place: number, factory: string, report: RelationshipReport): void {
    const { contract, user, before, roles, name, since } = report;
    const row = { contract, factory, name, since, roles };
    if (before > 0 && this.#rows.change(user, row)) return;
    if (roles > 0) this.#rows.add(user, place, row);
  }

  /** The roles that a filter asks for, of the factory at `place`. */
  #mask(place: number, factory: string | null, role: string | null): number {
    if (factory !== null && this.#factories.all[place]?.id !== factory) return 0;
    if (role === null) return 0xff;
    const bit = this.#reporters.get(keyOf(place))?.roles.indexOf(role) ?? -1;
    return bit === -1 ? 0 : 1 << bit;
  }

  #legend(places: readonly number[]): Infer<typeof FactoryRoles>[] {
    return places.map((place) => ({
      factory: this.#factories.all[place]?.id ?? '',
      roles: this.#reporters.get(keyOf(place))?.roles ?? [],
    }));
  }
}

function keyOf(place: number): Uint8Array {
  return Uint8Array.of(place);
}
