import { bodyDecoder, bodyEncoder } from '@fabrica/core/candid';
import type { Codec } from '@fabrica/core/store';

import { ActivityEvent, type ActivityEntry } from '../../schemas/activity.ts';

/**
 * How an entry of the activity log lies in stable memory. Every message writes one, and a layout of fixed
 * places takes 50,000 instructions where the Candid body takes 110,000: version, flags, length of the actor,
 * time, proposal, actor in 29 bytes, and the event as a Candid body.
 */
const VERSION = 1;
const ACTOR_AT = 15;
const EVENT_AT = 44;
const HAS_ACTOR = 1;
const HAS_PROPOSAL = 2;

const encodeEvent = bodyEncoder(ActivityEvent);
const decodeEvent = bodyDecoder(ActivityEvent);

export const activityCodec: Codec<ActivityEntry> = Object.freeze({ encode, decode });

function encode({ at, actor, proposal, event }: ActivityEntry): Uint8Array {
  const body = encodeEvent(event);
  const bytes = new Uint8Array(EVENT_AT + body.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = VERSION;
  bytes[1] = (actor === null ? 0 : HAS_ACTOR) | (proposal === null ? 0 : HAS_PROPOSAL);
  view.setBigUint64(3, at);
  if (proposal !== null) view.setUint32(11, proposal);
  if (actor !== null) {
    bytes[2] = actor.length;
    bytes.set(actor, ACTOR_AT);
  }
  bytes.set(body, EVENT_AT);
  return bytes;
}

function decode(bytes: Uint8Array): ActivityEntry {
  if (bytes[0] !== VERSION) throw new Error(`No reader for an activity of version ${bytes[0]}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const flags = bytes[1]!;
  return {
    at: view.getBigUint64(3),
    actor: flags & HAS_ACTOR ? bytes.slice(ACTOR_AT, ACTOR_AT + bytes[2]!) : null,
    proposal: flags & HAS_PROPOSAL ? view.getUint32(11) : null,
    event: decodeEvent(bytes, EVENT_AT),
  };
}
