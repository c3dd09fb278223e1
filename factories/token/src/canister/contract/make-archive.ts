import { call, type Context } from '@fabrica/core/canister';
import { encoder } from '@fabrica/core/candid';

import { TokenContract } from '../../candid.ts';
import { archiveOrder } from '../../model/archive/is-archive.ts';
import { archives } from './archives.ts';
import { base } from './base.ts';
import { order } from './ledger.ts';
import { createCanister, MANAGEMENT, updateSettings } from './platform.ts';
import { OWN_RESERVE, tendLater } from './tending.ts';

/**
 * What an archive is made with: the platform's fee for a canister on a 13-node subnet, 500 G, and as much for years
 * of existing, out of which the platform sets 300 G aside while it installs.
 */
const ARCHIVE_CYCLES = 1_000_000_000_000n;

/** An archive has no factory to report to. */
const NOBODY = new Uint8Array();

/**
 * Makes an archive, or goes on where making one was cut short: a canister of this ledger and its factory, the
 * ledger's own module installed by the factory, then the factory's control removed.
 *
 * @param start the index of its first block.
 * @returns why it failed, `null` if it did not.
 */
export async function makeArchive(start: number, context: Context): Promise<string | null> {
  const { factory, owner } = base.identity.get();
  const { self } = context;
  const { making } = archives;
  // Asked for in a message that never came to its end.
  if ('Canister' in making) archives.lose();
  if ('Canister' in making || 'Nothing' in making) {
    if (factory.length === 0) return 'Only a factory installs archives, and this ledger has none';
    if (context.cyclesBalance < ARCHIVE_CYCLES + OWN_RESERVE) {
      return `An archive takes ${ARCHIVE_CYCLES} cycles, and the ledger keeps ${OWN_RESERVE}`;
    }
    archives.make({ Canister: null });
    const settings = { controllers: [self, factory] };
    const cycles = ARCHIVE_CYCLES;
    const made = await call(MANAGEMENT, createCanister, [{ settings }], { cycles });
    if (!made.ok) {
      archives.make({ Nothing: null });
      return `The platform made no canister: ${made.failure.message}`;
    }
    archives.make({ Module: made.value.canister_id });
  }
  const reached = archives.making;
  if ('Module' in reached) {
    const canister = reached.Module;
    const born = { factory: NOBODY, owner, order: archiveOrder(order.get()) };
    const argument = encoder(TokenContract.init)([born]);
    const installed = await base.installSibling(canister, argument);
    if (!installed.ok) return `The factory did not answer: ${installed.failure.message}`;
    if ('Err' in installed.value) return `The factory refused: ${installed.value.Err.message}`;
    archives.make({ Controllers: canister });
  }
  const last = archives.making;
  if (!('Controllers' in last)) return null;
  const canister = last.Controllers;
  const settings = { controllers: [self] };
  const alone = await call(MANAGEMENT, updateSettings, [{ canister_id: canister, settings }]);
  if (!alone.ok) return `The platform left the factory in control: ${alone.failure.message}`;
  archives.add({ canister, start });
  tendLater();
  return null;
}
