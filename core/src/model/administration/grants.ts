import { c, type Infer } from '../../candid/index.ts';
import { equal } from '../../store/index.ts';

/** What a principal may do at a factory. */
export const AdministrationRole = c.named(
  'AdministrationRole',
  c.variant({
    /** Everything. */
    Administrator: c.null,
    /** Settings, cycles, checks and repairs; neither roles nor versions. */
    Operator: c.null,
    /** Versions and what becomes of them; nothing else. */
    Publisher: c.null,
    /** May pause the factory, and nothing else. */
    Guardian: c.null,
    /** May order contracts on behalf of users. */
    Gateway: c.null,
  }),
);
export type AdministrationRole = Infer<typeof AdministrationRole>;

/** A role given to a principal. Public, so that anyone can check. */
export const Grant = c.named(
  'Grant',
  c.record({
    principal: c.principal,
    role: AdministrationRole,
    /** Nanoseconds since the epoch, from which on it is worth nothing; `null` for never. */
    expiresAt: c.opt(c.nat64),
  }),
);
export type Grant = Infer<typeof Grant>;

/** Most grants at once, those that expired and were not revoked included. */
export const MAX_GRANTS = 100;

/** The name of a role. */
export type RoleName = 'Administrator' | 'Operator' | 'Publisher' | 'Guardian' | 'Gateway';

/** The name of the role of a grant, for comparing. */
export function roleName(role: AdministrationRole): RoleName {
  for (const name in role) return name as RoleName;
  throw new Error('A role without a name');
}

/** True if `principal` has, at `now`, one of `roles`. */
export function holds(
  grants: readonly Grant[],
  principal: Uint8Array,
  roles: readonly RoleName[],
  now: bigint,
): boolean {
  return grants.some(
    (grant) =>
      roles.includes(roleName(grant.role)) &&
      equal(grant.principal, principal) &&
      isValid(grant, now),
  );
}

/** The principals that have a role at `now`. */
export function holdersOf(grants: readonly Grant[], role: RoleName, now: bigint): Uint8Array[] {
  return grants
    .filter((grant) => roleName(grant.role) === role && isValid(grant, now))
    .map(({ principal }) => principal);
}

/** The grants with one more; it takes the place of an earlier one of the same role to the same principal. */
export function withGrant(grants: readonly Grant[], grant: Grant): Grant[] {
  return [...withoutGrant(grants, grant.principal, roleName(grant.role)), grant];
}

/** The grants less one. */
export function withoutGrant(
  grants: readonly Grant[],
  principal: Uint8Array,
  role: RoleName,
): Grant[] {
  return grants.filter(
    (grant) => roleName(grant.role) !== role || !equal(grant.principal, principal),
  );
}

/** The grants with exactly these holders of a role, none of whom expires. */
export function withHolders(
  grants: readonly Grant[],
  role: RoleName,
  principals: readonly Uint8Array[],
): Grant[] {
  let changed = grants.filter((grant) => roleName(grant.role) !== role);
  for (const principal of principals) {
    changed = withGrant(changed, {
      principal,
      role: { [role]: null } as AdministrationRole,
      expiresAt: null,
    });
  }
  return changed;
}

/** True if somebody will always administer: at least one administrator whose grant does not expire. */
export function isAdministered(grants: readonly Grant[]): boolean {
  return grants.some(
    ({ role, expiresAt }) => roleName(role) === 'Administrator' && expiresAt === null,
  );
}

function isValid({ expiresAt }: Grant, now: bigint): boolean {
  return expiresAt === null || now < expiresAt;
}
