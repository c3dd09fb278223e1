import { bodyDecoder, bodyEncoder, EncodedBody } from '@fabrica/core/candid';
import { u32, type ByteStore } from '@fabrica/core/store';

import { Actions, type Action } from '../../schemas/actions.ts';
import { Content } from '../../schemas/proposals.ts';

const VERSION = 1;
const encodeActions = bodyEncoder(Actions);
const encodeContent = bodyEncoder(Content, Uint8Array.of(VERSION));
const decodeContent = bodyDecoder(Content);

/** A content ready to be stored; its actions are encoded once, for the store and for the hash. */
export interface EncodedContent {
  readonly bytes: Uint8Array;
  /** The body of the actions alone: what the hash of a proposal covers. */
  readonly actions: Uint8Array;
}

/** Encodes what is proposed. */
export function encoded(
  title: string,
  description: string,
  actions: readonly Action[],
): EncodedContent {
  const body = encodeActions(actions);
  const content = { title, description, actions: new EncodedBody(Actions, body) };
  return { bytes: encodeContent(content), actions: body };
}

/** What was proposed, by number. Each is written once; nothing changes it afterwards. */
export class Contents {
  readonly #space: ByteStore;
  #last: { readonly id: number; readonly content: Content } | undefined;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  put(id: number, { bytes }: EncodedContent): void {
    this.#space.set(u32(id), bytes);
  }

  /** @throws Error if there is no proposal `id`. */
  get(id: number): Content {
    // An execution reads the same one at each of its steps.
    if (this.#last?.id === id) return this.#last.content;
    const bytes = this.#space.get(u32(id));
    if (bytes === null) throw new Error(`Proposal ${id} has no content`);
    if (bytes[0] !== VERSION) throw new Error(`No reader for content of version ${bytes[0]}`);
    const content = decodeContent(bytes, 1);
    this.#last = { id, content };
    return content;
  }
}
