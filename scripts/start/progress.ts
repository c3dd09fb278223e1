/** Shows steps as they run: a line each, with its time. */
export class Progress {
  readonly #started = Date.now();

  /** Runs `step`, then tells how long it took. */
  async step<T>(name: string, step: () => Promise<T>): Promise<T> {
    const started = Date.now();
    if (process.stdout.isTTY) process.stdout.write(`  ....  ${name}`);
    try {
      const result = await step();
      this.#line('ok  ', name, started);
      return result;
    } catch (error) {
      this.#line('FAIL', name, started);
      throw error;
    }
  }

  heading(text: string): void {
    console.log(`\n${text}`);
  }

  /** Seconds since the beginning. */
  get seconds(): string {
    return seconds(this.#started);
  }

  #line(outcome: string, name: string, started: number): void {
    const clear = process.stdout.isTTY ? '\r\u001b[K' : '';
    console.log(`${clear}  ${outcome}  ${name.padEnd(52)} ${seconds(started).padStart(7)} s`);
  }
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(2);
}

/** A table of two columns, as wide as its longest entries. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
