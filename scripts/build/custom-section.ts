/**
 * A module with one more custom section at its end.
 * Format: https://webassembly.github.io/spec/core/binary/modules.html#custom-section
 */
export function appendCustomSection(
  module: Uint8Array,
  name: string,
  content: Uint8Array,
): Uint8Array {
  const label = new TextEncoder().encode(name);
  const payload = Buffer.concat([leb128(label.length), label, content]);
  return Buffer.concat([module, Uint8Array.of(0), leb128(payload.length), payload]);
}

function leb128(value: number): Uint8Array {
  const bytes: number[] = [];
  do {
    const more = value >= 0x80 ? 0x80 : 0;
    bytes.push((value & 0x7f) | more);
    value >>>= 7;
  } while (value > 0);
  return Uint8Array.from(bytes);
}
