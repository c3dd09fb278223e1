import { c } from '../../candid/index.ts';
import { Whitelist } from '../../factory/index.ts';
import { Grant, MAX_GRANTS, withHolders } from '../../model/administration/index.ts';
import { Cell, migration, stored, type ByteStore } from '../../store/index.ts';

const Grants = c.vec(Grant, { max: MAX_GRANTS });

/** The roles of administration that were given. Read from the heap. */
export function openGrants(space: ByteStore): Cell<readonly Grant[]> {
  const first = migration(Whitelist, ({ administrators, gateways }) =>
    withHolders(withHolders([], 'Administrator', administrators), 'Gateway', gateways),
  );
  return new Cell(space, stored(2, Grants, { 1: first }), []);
}
