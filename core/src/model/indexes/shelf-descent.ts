import type { ShelfPage } from './shelf-page.ts';
import type { ShelfPages } from './shelf-pages.ts';

/** Leaf lows fetched at a time: as many as 50 rows usually take. */
const LOWS = 3;

/** A way down the pages of one shelf: front, main page, leaves. For one read: it sees no later change. */
export class ShelfDescent {
  /** Store reads so far; the lows of very large shelves may have taken one more. */
  reads = 0;
  declare private readonly pages: ShelfPages;
  declare private readonly key: Uint8Array;
  private front: ShelfPage | null = null;
  private main: ShelfPage | null = null;
  private lows: Uint32Array | null = null;

  constructor(pages: ShelfPages, key: Uint8Array) {
    this.pages = pages;
    this.key = key;
  }

  /** The front, or `null` when the shelf has no rows. */
  openFront(): ShelfPage | null {
    if (this.front === null) {
      this.reads += 1;
      this.front = this.pages.front(this.key);
    }
    return this.front;
  }

  /** The main page, which the front says is there. */
  openMain(): ShelfPage {
    if (this.main === null) {
      this.reads += 1;
      this.main = this.pages.main(this.key);
    }
    return this.main;
  }

  /** The page with the rows just below `bound`, if any; `null` when the shelf ends above it. Bounds descend. */
  below(bound: number): ShelfPage | null {
    const front = this.openFront();
    if (front === null) return null;
    if (bound > front.low) return front;
    if (front.low === 0) return null;
    if (bound > front.under) return this.openMain();
    const low = this.lowBelow(bound);
    if (low < 0) return null;
    this.reads += 1;
    return this.pages.leaf(this.key, low);
  }

  /** The low of the leaf with the rows just below `bound`, which is at most the main page's low; or -1. */
  lowBelow(bound: number): number {
    if (bound === 0) return -1;
    const known = this.lows?.find((low) => low < bound);
    if (known !== undefined) return known;
    this.reads += 1;
    this.lows = this.pages.lowsBelow(this.key, bound, LOWS);
    return this.lows[0] ?? -1;
  }

  /** Whether no row lies below `page`, which this descent answered. */
  endsWith(page: ShelfPage): boolean {
    if (page.low === 0) return true;
    return page !== this.front && this.lowBelow(page.low) < 0;
  }
}
