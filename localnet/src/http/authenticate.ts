import { ANONYMOUS_ID, selfAuthenticating } from '../replica/index.ts';
import { badRequest } from '../web/request-error.ts';
import { checkDelegations } from './delegation.ts';
import type { Envelope } from './envelope.ts';
import { isSignedBy } from './public-key.ts';

/** How far ahead a request may expire: five minutes, and thirty seconds for clocks that differ. */
const MAX_TTL = 300_000_000_000n;
const DRIFT = 30_000_000_000n;

const REQUEST_DOMAIN = Buffer.from('\x0Aic-request');
const DELEGATION_DOMAIN = Buffer.from('\x1Aic-request-auth-delegation');

/**
 * Checks that a request is of its sender and of now.
 * @param now Nanoseconds since the epoch.
 * @throws RequestError 400 naming what is wrong.
 */
export function authenticate({ content, requestId, proof }: Envelope, now: bigint): void {
  checkExpiry(content.ingressExpiry, now);
  const { sender } = content;
  const anonymous = Buffer.compare(sender, ANONYMOUS_ID) === 0;
  if (anonymous !== (proof === null)) {
    throw badRequest(
      anonymous
        ? 'An anonymous request must not carry a signature.'
        : 'The request is not anonymous and carries no signature.',
    );
  }
  if (proof === null) return;

  const { publicKey, signature, delegations } = proof;
  if (Buffer.compare(selfAuthenticating(publicKey), sender) !== 0) {
    throw badRequest('Invalid sender: it is not the principal of sender_pubkey.');
  }
  const target = content.type === 'read_state' ? null : content.canisterId;
  checkDelegations(publicKey, delegations, now, target);

  let key = publicKey;
  for (const delegation of delegations) {
    const signed = Buffer.concat([DELEGATION_DOMAIN, delegation.hash]);
    if (!isSignedBy(key, signed, delegation.signature)) {
      throw badRequest('Invalid delegation: its signature is not that of the key before it.');
    }
    key = delegation.publicKey;
  }
  if (!isSignedBy(key, Buffer.concat([REQUEST_DOMAIN, requestId]), signature)) {
    throw badRequest('Invalid signature: it is not that of the request by its key.');
  }
}

/** Clients match the beginning of the text, and set their clock by the date of the answer. */
function checkExpiry(expiry: bigint, now: bigint): void {
  const latest = now + MAX_TTL + DRIFT;
  if (expiry >= now && expiry <= latest) return;
  throw badRequest(
    'Invalid request expiry: Specified ingress_expiry not within expected range: ' +
      `Minimum allowed expiry: ${now}, Maximum allowed expiry: ${latest}, ` +
      `Provided expiry: ${expiry}`,
  );
}
