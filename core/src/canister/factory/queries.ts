import { factoryErrors, factoryMethods } from '../../factory/index.ts';
import { equal } from '../../store/index.ts';
import { handle } from '../runtime/handle.ts';
import type { Kernel } from './kernel.ts';
import { limitOf } from './page-limit.ts';

/** The contracts that are public, newest first. */
export const getPublicContracts = (kernel: Kernel) =>
  handle(factoryMethods.getPublicContracts, (page) =>
    kernel.directory.publicContracts(page?.cursor ?? null, limitOf(page)),
  );

/**
 * The contracts that satisfy every field of the query, newest first. Contracts that are not public are
 * found only by those who ask for their own.
 */
export const queryContracts = (kernel: Kernel) =>
  handle(factoryMethods.queryContracts, (query, page, context) => {
    const asked = [query.creator, query.holder?.user ?? null];
    const own = asked.some((user) => user !== null && equal(user, context.caller));
    const known = query.holder === null || kernel.definition.roles.includes(query.holder.role);
    if (!known) return { contracts: [], next: null };
    const restricted = own ? query : { ...query, publicOnly: true };
    return kernel.directory.query(restricted, page?.cursor ?? null, limitOf(page));
  });

/** The contracts in which a user has a role, newest first. */
export const getContractsByRole = (kernel: Kernel) =>
  handle(factoryMethods.getContractsByRole, (role, user, page) => {
    const { roles } = kernel.definition;
    if (!roles.includes(role)) {
      return factoryErrors.unknown_role({ role, roles: roles.join(', ') });
    }
    const query = { ...ANY, holder: { role, user } };
    return { Ok: kernel.directory.query(query, page?.cursor ?? null, limitOf(page)) };
  });

const ANY = {
  creator: null,
  holder: null,
  status: null,
  version: null,
  namePrefix: null,
  createdFrom: null,
  createdBefore: null,
  publicOnly: false,
};

/** One contract. */
export const getContractInfo = (kernel: Kernel) =>
  handle(factoryMethods.getContractInfo, (id) => {
    const number = kernel.directory.numberOf(id);
    return number === null
      ? factoryErrors.unknown_contract()
      : { Ok: kernel.directory.info(number) };
  });
