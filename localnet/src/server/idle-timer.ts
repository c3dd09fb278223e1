/** Calls back when nothing has been going on for a while. */
export class IdleTimer {
  readonly #ttl: number;
  readonly #expire: () => void;
  #active = 0;
  #timer: NodeJS.Timeout | null = null;

  /** @param ttl Seconds. */
  constructor(ttl: number, expire: () => void) {
    this.#ttl = ttl;
    this.#expire = expire;
    this.#arm();
  }

  begin(): void {
    this.#active++;
    this.stop();
  }

  end(): void {
    this.#active--;
    if (this.#active === 0) this.#arm();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #arm(): void {
    this.#timer = setTimeout(this.#expire, this.#ttl * 1000);
  }
}
