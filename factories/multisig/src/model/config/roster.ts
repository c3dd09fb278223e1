import { binary } from '@fabrica/core/store';

import type { Member, Role, Roles, WalletConfig } from '../../schemas/wallet.ts';

const NO_ROLES: Roles = Object.freeze({
  signer: false,
  proposer: false,
  observer: false,
  guardian: false,
});

/** Who is what in a wallet, found without a loop. */
export class Roster {
  readonly #byPrincipal = new Map<string, Member>();
  readonly #signers = new Set<number>();
  readonly #signersAndGuardians = new Set<number>();

  constructor({ members }: WalletConfig) {
    for (const member of members) {
      this.#byPrincipal.set(binary(member.who), member);
      if (member.roles.signer) this.#signers.add(member.serial);
      if (member.roles.signer || member.roles.guardian) {
        this.#signersAndGuardians.add(member.serial);
      }
    }
  }

  find(who: Uint8Array): Member | null {
    return this.#byPrincipal.get(binary(who)) ?? null;
  }

  /** What `who` may do; nothing, if he is no member. */
  rolesOf(who: Uint8Array): Roles {
    return this.find(who)?.roles ?? NO_ROLES;
  }

  has(who: Uint8Array, role: Role): boolean {
    return this.rolesOf(who)[role];
  }

  /** Serials whose votes count: the signers', and for a recovery the guardians' too. */
  voters(recovery: boolean): ReadonlySet<number> {
    return recovery ? this.#signersAndGuardians : this.#signers;
  }
}

const rosters = new WeakMap<WalletConfig, Roster>();

/** The roster of a wallet, made once for each of its states. */
export function rosterOf(config: WalletConfig): Roster {
  let roster = rosters.get(config);
  if (roster === undefined) {
    roster = new Roster(config);
    rosters.set(config, roster);
  }
  return roster;
}

/** True if `who` has any role in a wallet. */
export function isMember(config: WalletConfig, who: Uint8Array): boolean {
  return rosterOf(config).find(who) !== null;
}
