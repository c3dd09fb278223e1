import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { badRequest, notFound } from '../web/request-error.ts';

/** Largest blob after decompression, in bytes. */
const MAX_BLOB = 2 ** 30;

const inflate = promisify(gunzip);

/** Blobs by SHA-256, shared by all instances of a server, as in PocketIC. */
export class BlobStore {
  readonly #blobs = new Map<string, Uint8Array>();

  /** Keeps a blob and returns its id, the SHA-256 of its plain bytes in hex. */
  async put(sent: Uint8Array, encoding: string | undefined): Promise<string> {
    const blob = await decode(sent, encoding);
    const id = createHash('sha256').update(blob).digest('hex');
    this.#blobs.set(id, blob);
    return id;
  }

  /** The blob with an id in hex. */
  get(id: string): Uint8Array {
    const blob = this.#blobs.get(id.toLowerCase());
    if (!blob) throw notFound(`Blob ${id} not found.`);
    return blob;
  }
}

async function decode(sent: Uint8Array, encoding: string | undefined): Promise<Uint8Array> {
  if (encoding === undefined || encoding === 'identity') return sent;
  if (encoding !== 'gzip') throw badRequest(`Content-Encoding ${encoding} is not supported.`);
  try {
    return await inflate(sent, { maxOutputLength: MAX_BLOB });
  } catch (cause) {
    throw badRequest('The blob could not be decompressed.', cause);
  }
}
