import { bodyEncoder, c } from '@fabrica/core/candid';
import { concat } from '@fabrica/core/store';

/** Texts remembered at once; the actions of a system are fewer. */
const MAX_REMEMBERED = 256;

const encodeText = bodyEncoder(c.text);
const remembered = new Map<string, Uint8Array>();

/** A text as a key of an index: its Candid bytes. Remembered: encoding costs 0.1 M instructions. */
export function textKey(text: string): Uint8Array {
  let key = remembered.get(text);
  if (key === undefined) {
    key = encodeText(text);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(text, key);
  }
  return key;
}

/**
 * The alternative of a variant as a key: by its name, because its place among the others changes when
 * one is added.
 */
export function tagKey(variant: object): Uint8Array {
  return textKey(Object.keys(variant)[0]!);
}

/** A reference as one user's: two users may choose the same. */
export function ownReferenceKey(reference: Uint8Array, user: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(reference.length), reference, user);
}
