import { MAX_LEB_BYTES, MAX_PRINCIPAL_BYTES } from './limits.ts';
import { readBool } from './read-primitive.ts';
import type { Reader } from './reader.ts';
import type { WireKind, WireType } from './wire-type.ts';

/** Bytes of the types whose values all have the same size. */
const SIZES: Partial<Record<WireKind, number>> = {
  null: 0,
  reserved: 0,
  nat8: 1,
  nat16: 2,
  nat32: 4,
  nat64: 8,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  float32: 4,
  float64: 8,
};

/**
 * Moves past a value nobody asked for. Each value counts against the limits, and its shape is checked; text is
 * not checked to be UTF-8.
 */
export function skip(r: Reader, type: WireType): void {
  r.charge(1);
  const size = SIZES[type.kind];
  if (size !== undefined) {
    r.skip(size);
    return;
  }
  r.enter();
  skipSized(r, type);
  r.leave();
}

function skipSized(r: Reader, type: WireType): void {
  switch (type.kind) {
    case 'bool':
      readBool(r);
      break;
    case 'nat':
    case 'int':
      skipLeb(r);
      break;
    case 'text':
      r.skip(r.leb());
      break;
    case 'opt':
      if (readBool(r)) skip(r, type.inner!);
      break;
    case 'vec':
      skipVec(r, type.inner!);
      break;
    case 'record':
      for (const field of type.fields!) skip(r, field.type);
      break;
    case 'variant':
      skip(r, (type.fields![r.leb()] ?? r.fail('variant has no such alternative')).type);
      break;
    case 'principal':
    case 'service':
      skipPrincipal(r);
      break;
    case 'func':
      if (r.byte() !== 1) r.fail('opaque reference');
      skipPrincipal(r);
      r.skip(r.leb());
      break;
    case 'future': {
      const size = r.leb();
      if (r.leb() !== 0) r.fail('opaque reference');
      r.skip(size);
      break;
    }
    default:
      r.fail(`a value of type ${type.kind}`);
  }
}

function skipVec(r: Reader, inner: WireType): void {
  const length = r.leb();
  const size = SIZES[inner.kind];
  if (size === undefined) {
    for (let i = 0; i < length; i++) skip(r, inner);
    return;
  }
  // Blobs are bounded by the message; elements without bytes are bounded by nothing else.
  if (inner.kind !== 'nat8') r.charge(length);
  r.skip(length * size);
}

function skipLeb(r: Reader): void {
  const { bytes, pos } = r;
  let end = pos;
  while (bytes[end]! > 127 && end - pos < MAX_LEB_BYTES) end++;
  const length = end + 1 - pos;
  r.skip(length);
  if (length > MAX_LEB_BYTES) r.fail('number too large');
  // A byte takes a loop step.
  if (length > 15) r.charge(length >> 4);
}

function skipPrincipal(r: Reader): void {
  r.charge(1);
  if (r.byte() !== 1) r.fail('opaque reference');
  const length = r.leb();
  if (length > MAX_PRINCIPAL_BYTES) r.fail(`blob of more than ${MAX_PRINCIPAL_BYTES} bytes`);
  r.skip(length);
}
