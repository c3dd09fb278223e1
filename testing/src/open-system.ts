import { createIdentity, PocketIc } from '@hadronous/pic';
import { assembleTokens, type System } from './token-system.ts';

/** The identity that administers the system of a test. */
export const ADMINISTRATOR = createIdentity('administrator');

/**
 * A system that makes tokens, on a network of its own, for one test file; end it with `system.pic.tearDown()`.
 *
 * @param replicaUrl what the test's `inject('replicaUrl')` gives.
 * @param patience milliseconds that one request to the network may take, a round of many orders for instance.
 */
export async function openSystem(replicaUrl: string, patience = 60_000): Promise<System> {
  const pic = await PocketIc.create(replicaUrl, { processingTimeoutMs: patience });
  return assembleTokens(pic, ADMINISTRATOR);
}
