import { putInt, putLeb, putNat, putSleb, type Writer } from './writer.ts';
import type { PrimitiveKind } from './schema.ts';
import type { Write } from './write-plan.ts';

type Width = 8 | 16 | 32;

/** The writer of a primitive type, other than text and principal. */
export function primitiveWriter(kind: PrimitiveKind): Write {
  switch (kind) {
    case 'null':
    case 'reserved':
      return putNothing;
    case 'bool':
      return putBool;
    case 'nat':
      return putAnyNat;
    case 'int':
      return putAnyInt;
    case 'nat64':
      return putNat64;
    case 'int64':
      return putInt64;
    case 'float64':
      return putFloat64;
    case 'nat8':
      return fixedWriter(8, 0);
    case 'nat16':
      return fixedWriter(16, 0);
    case 'nat32':
      return fixedWriter(32, 0);
    case 'int8':
      return fixedWriter(8, -(2 ** 7));
    case 'int16':
      return fixedWriter(16, -(2 ** 15));
    case 'int32':
      return fixedWriter(32, -(2 ** 31));
    case 'empty':
      return () => refuse('any value', 'empty');
    case 'principal':
      throw new TypeError('principals are not written here');
  }
}

function putNothing(): void {
  // null and reserved take no bytes.
}

function putBool(w: Writer, value: unknown): void {
  if (typeof value !== 'boolean') refuse(value, 'bool');
  w.byte(value ? 1 : 0);
}

function putAnyNat(w: Writer, value: unknown): void {
  if (typeof value !== 'bigint') refuse(value, 'nat');
  // One BigInt operation instead of two for most amounts; each costs as much as four loop steps.
  const small = Number(value);
  if (small >= 0 && small <= Number.MAX_SAFE_INTEGER) putLeb(w, small);
  else putNat(w, value);
}

function putAnyInt(w: Writer, value: unknown): void {
  if (typeof value !== 'bigint') refuse(value, 'int');
  const small = Number(value);
  if (Number.isSafeInteger(small)) putSleb(w, small);
  else putInt(w, value);
}

function putNat64(w: Writer, value: unknown): void {
  if (typeof value !== 'bigint') refuse(value, 'nat64');
  if (value < 0n || value > 0xffff_ffff_ffff_ffffn) refuse(value, 'nat64');
  w.reserve(8);
  w.view.setBigUint64(w.pos, value, true);
  w.pos += 8;
}

function putInt64(w: Writer, value: unknown): void {
  if (typeof value !== 'bigint') refuse(value, 'int64');
  if (BigInt.asIntN(64, value) !== value) refuse(value, 'int64');
  w.reserve(8);
  w.view.setBigInt64(w.pos, value, true);
  w.pos += 8;
}

function putFloat64(w: Writer, value: unknown): void {
  if (typeof value !== 'number') refuse(value, 'float64');
  w.reserve(8);
  w.view.setFloat64(w.pos, value, true);
  w.pos += 8;
}

function fixedWriter(width: Width, min: number): Write {
  const max = min + 2 ** width - 1;
  return (w, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      refuse(value, `a number from ${min} to ${max}`);
    }
    w.reserve(4);
    // Little-endian; what exceeds the width is zero or sign, and is overwritten by what follows.
    if (width === 8) w.bytes[w.pos] = value;
    else w.view.setInt32(w.pos, value, true);
    w.pos += width >>> 3;
  };
}

function refuse(value: unknown, type: string): never {
  throw new TypeError(`cannot encode ${String(value)} as ${type}`);
}
