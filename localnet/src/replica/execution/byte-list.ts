/** Bytes appended piece by piece. */
export class ByteList {
  #parts: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Appends a copy. */
  append(bytes: Uint8Array): void {
    this.#parts.push(bytes.slice());
    this.#length += bytes.length;
  }

  /** All bytes. */
  join(): Uint8Array {
    const [only] = this.#parts;
    if (this.#parts.length === 1) return only!;
    const all = new Uint8Array(this.#length);
    let offset = 0;
    for (const part of this.#parts) {
      all.set(part, offset);
      offset += part.length;
    }
    return all;
  }
}
