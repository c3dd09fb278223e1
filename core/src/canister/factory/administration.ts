import { factoryErrors, factoryMethods, type Whitelist } from '../../factory/index.ts';
import type { Refused } from '../../errors/index.ts';
import {
  holdersOf,
  isAdministered,
  MAX_GRANTS,
  roleName,
  withGrant,
  withHolders,
  withoutGrant,
  type Grant,
} from '../../model/administration/index.ts';
import type { Context } from '../runtime/context.ts';
import { handle } from '../runtime/handle.ts';
import { administered } from './access.ts';
import { described } from './describe.ts';
import type { Kernel } from './kernel.ts';

/** Gives the roles that the factory is installed with. */
export function install(kernel: Kernel, whitelist: Whitelist, { caller, now }: Context): void {
  kernel.grants.set(fromWhitelist([], whitelist));
  kernel.administrationLog.append({
    at: now,
    by: caller,
    method: 'init',
    subject: null,
    detail: counted(whitelist),
  });
}

/**
 * Replaces the gateways and the administrators; none of them expires. Other roles stay. At least one
 * administrator must remain.
 */
export const setupWhitelist = (kernel: Kernel) =>
  administered(
    kernel,
    'setupWhitelist',
    [],
    (whitelist) => ({ detail: counted(whitelist) }),
    (whitelist) => setGrants(kernel, fromWhitelist(kernel.grants.get(), whitelist)) ?? { Ok: null },
  );

/** Gives a role; given again, it runs until the new time. */
export const grant = (kernel: Kernel) =>
  administered(
    kernel,
    'grant',
    [],
    ({ principal, role, expiresAt }) => ({
      subject: principal,
      detail: `${roleName(role)}${expiresAt === null ? '' : ` until ${expiresAt}`}`,
    }),
    (given, context) => {
      if (given.expiresAt !== null && given.expiresAt <= context.now) {
        return factoryErrors.already_expired();
      }
      return setGrants(kernel, withGrant(kernel.grants.get(), given)) ?? { Ok: null };
    },
  );

/** Takes a role away, at once. */
export const revoke = (kernel: Kernel) =>
  administered(
    kernel,
    'revoke',
    [],
    (subject, role) => ({ subject, detail: roleName(role) }),
    (principal, role) => {
      const before = kernel.grants.get();
      const after = withoutGrant(before, principal, roleName(role));
      if (after.length === before.length) return factoryErrors.not_granted();
      return setGrants(kernel, after) ?? { Ok: null };
    },
  );

/** Stops the making of contracts. */
export const pause = (kernel: Kernel) =>
  administered(
    kernel,
    'pause',
    ['Guardian', 'Operator'],
    (reason) => ({ detail: reason }),
    () => setPaused(kernel, true),
  );

/** Lets contracts be made again. A guardian cannot: who stops in haste is not who decides to go on. */
export const unpause = (kernel: Kernel) =>
  administered(
    kernel,
    'unpause',
    ['Operator'],
    () => ({ detail: '' }),
    () => setPaused(kernel, false),
  );

/** Changes the settings that are given. */
export const updateFactoryConfig = (kernel: Kernel) =>
  administered(
    kernel,
    'updateFactoryConfig',
    ['Operator'],
    (change) => ({ detail: described(change) }),
    (change) => {
      const { config, topUps } = kernel;
      const { paused, reserve } = config.get();
      config.set({ paused: change.paused ?? paused, reserve: change.reserve ?? reserve });
      kernel.relationships.enabled = change.reportRelationships ?? kernel.relationships.enabled;
      kernel.teller.wake();
      const { perContract, perDay, byOwners } = topUps.quotas;
      topUps.quotas = {
        perContract: change.topUpPerContract ?? perContract,
        perDay: change.topUpPerDay ?? perDay,
        byOwners: change.topUpByOwners ?? byOwners,
      };
      return { Ok: null };
    },
  );

/** The settings. */
export const getFactoryConfig = (kernel: Kernel) =>
  handle(factoryMethods.getFactoryConfig, () => {
    const { perContract, perDay, byOwners } = kernel.topUps.quotas;
    return {
      ...kernel.config.get(),
      topUpPerContract: perContract,
      topUpPerDay: perDay,
      topUpByOwners: byOwners,
      reportRelationships: kernel.relationships.enabled,
    };
  });

/** Who may order here, and who administers, now. */
export const getWhitelist = (kernel: Kernel) =>
  handle(factoryMethods.getWhitelist, ({ now }) => ({
    gateways: holdersOf(kernel.grants.get(), 'Gateway', now),
    administrators: holdersOf(kernel.grants.get(), 'Administrator', now),
  }));

/** All roles that were given. */
export const getGrants = (kernel: Kernel) =>
  handle(factoryMethods.getGrants, () => kernel.grants.get());

/** Who changed what, newest first. */
export const getAdministrationLog = (kernel: Kernel) =>
  handle(factoryMethods.getAdministrationLog, (cursor, limit) =>
    kernel.administrationLog.page(cursor, limit),
  );

function setGrants(kernel: Kernel, grants: readonly Grant[]): Refused | null {
  if (!isAdministered(grants)) return factoryErrors.last_administrator();
  if (grants.length > MAX_GRANTS) return factoryErrors.too_many_grants({ limit: MAX_GRANTS });
  kernel.grants.set(grants);
  kernel.teller.wake();
  return null;
}

function setPaused(kernel: Kernel, paused: boolean) {
  kernel.config.set({ ...kernel.config.get(), paused });
  return { Ok: null };
}

function fromWhitelist(grants: readonly Grant[], { administrators, gateways }: Whitelist): Grant[] {
  return withHolders(withHolders(grants, 'Administrator', administrators), 'Gateway', gateways);
}

function counted({ administrators, gateways }: Whitelist): string {
  return `${administrators.length} administrators, ${gateways.length} gateways`;
}
