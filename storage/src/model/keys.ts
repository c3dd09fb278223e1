import { bodyEncoder, c } from '@fabrica/core/candid';
import { concat } from '@fabrica/core/store';

/** A text as a key of an index: its Candid bytes. */
export const textKey: (text: string) => Uint8Array = bodyEncoder(c.text);

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
