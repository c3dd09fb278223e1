/** A number of any size from 0 in LEB128: https://en.wikipedia.org/wiki/LEB128#Unsigned_LEB128 */
export function leb128(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  // Down to what plain numbers hold: a BigInt operation costs a canister four times as much.
  for (; rest > 0x1f_ffff_ffff_ffffn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  let low = Number(rest);
  for (; low > 0x7f; low = Math.floor(low / 0x80)) bytes.push(low % 0x80 | 0x80);
  bytes.push(low);
  return Uint8Array.from(bytes);
}

/** A number of any size in signed LEB128. */
export function sleb128(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if (rest >= -0x40n && rest < 0x40n) return Uint8Array.from([...bytes, low]);
    bytes.push(low | 0x80);
  }
}
