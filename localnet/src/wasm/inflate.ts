import { gunzipSync } from 'node:zlib';

import { LIMITS } from './limits.ts';
import { ModuleRefused } from './module-refused.ts';

/**
 * The plain WASM binary of a module sent raw or gzipped.
 * Output is bounded while it is produced, so a decompression bomb costs no more than the limit.
 */
export function inflate(sent: Uint8Array): Uint8Array {
  const bytes = isGzip(sent) ? gunzip(sent) : sent;
  if (bytes.length > LIMITS.moduleBytes) throw tooLarge(bytes.length);
  const isWasm = bytes[0] === 0x00 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
  if (!isWasm) {
    throw new ModuleRefused('Failed to decode wasm module: unsupported canister module format.');
  }
  return bytes;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08;
}

function gunzip(sent: Uint8Array): Uint8Array {
  try {
    return gunzipSync(sent, { maxOutputLength: LIMITS.moduleBytes });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge('more, decompressed,', cause);
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModuleRefused(`Failed to decode wasm module: could not decompress: ${reason}`, {
      cause,
    });
  }
}

function tooLarge(size: number | string, cause?: unknown): ModuleRefused {
  return new ModuleRefused(
    `Wasm module size of ${size} exceeds the maximum allowed size of ${LIMITS.moduleBytes}.`,
    { cause },
  );
}
