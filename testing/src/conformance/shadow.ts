import type { Principal } from '@dfinity/principal';
import type { Puppet } from './puppets.ts';

/** What a factory must know of a contract, kept beside it in the plainest way. */
export interface Known {
  readonly puppet: Puppet;
  readonly creator: string;
  /** Users by role. */
  readonly roles: ReadonlyMap<string, Set<string>>;
  status: string;
  isPublic: boolean;
  /** Number of its next event. */
  next: bigint;
}

/** A model of a factory's directory: a list of what is known, searched from end to end. */
export class Shadow {
  readonly contracts: Known[] = [];

  /** Contracts of a user, newest first, with his roles in each. */
  of(user: Principal): { id: string; roles: string[] }[] {
    const name = user.toText();
    return this.#newestFirst()
      .map(({ puppet, creator, roles }) => {
        const held = [...roles].filter(([, users]) => users.has(name)).map(([role]) => role);
        return {
          id: puppet.id.toText(),
          roles: [...(creator === name ? ['creator'] : []), ...held].sort(),
        };
      })
      .filter(({ roles }) => roles.length > 0);
  }

  /** Contracts in which a user has a role. */
  with(role: string, user: Principal): string[] {
    return this.#newestFirst()
      .filter(({ roles }) => roles.get(role)?.has(user.toText()))
      .map(({ puppet }) => puppet.id.toText());
  }

  /** Contracts that anybody may find. */
  shown(): string[] {
    const open = this.#newestFirst().filter(({ isPublic }) => isPublic);
    return open.map(({ puppet }) => puppet.id.toText());
  }

  /** Contracts of a status that anybody may find. */
  inStatus(wanted: string): string[] {
    const open = this.#newestFirst().filter(({ isPublic }) => isPublic);
    const found = open.filter(({ status }) => status === wanted);
    return found.map(({ puppet }) => puppet.id.toText());
  }

  #newestFirst(): Known[] {
    return this.contracts.toReversed();
  }
}
