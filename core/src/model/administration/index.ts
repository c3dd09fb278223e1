/** Who administers a factory, and what they did. */
export { AdministrationEntry, AdministrationLog, type Change } from './administration-log.ts';
export {
  AdministrationRole,
  Grant,
  holdersOf,
  holds,
  isAdministered,
  MAX_GRANTS,
  roleName,
  withGrant,
  withHolders,
  withoutGrant,
  type RoleName,
} from './grants.ts';
