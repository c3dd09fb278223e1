import { readInt, readNat, type Reader } from './reader.ts';
import type { PrimitiveKind } from './schema.ts';
import type { Read } from './read-plan.ts';

/** The reader of a primitive type, other than text and principal. */
export function primitiveReader(kind: PrimitiveKind): Read {
  switch (kind) {
    case 'null':
    case 'reserved':
      return () => null;
    case 'bool':
      return readBool;
    case 'nat':
      return readNat;
    case 'int':
      return readInt;
    case 'nat8':
      return (r) => r.byte();
    case 'nat16':
      return (r) => r.take(2).getUint16(r.pos - 2, true);
    case 'nat32':
      return (r) => r.take(4).getUint32(r.pos - 4, true);
    case 'nat64':
      return (r) => r.take(8).getBigUint64(r.pos - 8, true);
    case 'int8':
      return (r) => r.take(1).getInt8(r.pos - 1);
    case 'int16':
      return (r) => r.take(2).getInt16(r.pos - 2, true);
    case 'int32':
      return (r) => r.take(4).getInt32(r.pos - 4, true);
    case 'int64':
      return (r) => r.take(8).getBigInt64(r.pos - 8, true);
    case 'float64':
      return (r) => r.take(8).getFloat64(r.pos - 8, true);
    case 'empty':
      return (r) => r.fail('a value of type empty');
    case 'principal':
      throw new TypeError('principals are not read here');
  }
}

/** Reads a bool: 0 or 1. */
export function readBool(r: Reader): boolean {
  const byte = r.byte();
  if (byte > 1) r.fail('bool is neither true nor false');
  return byte === 1;
}
