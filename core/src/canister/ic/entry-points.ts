import { host } from './host.ts';
import { trap } from './trap.ts';

/** What the host may call. `run` answers the message itself. */
export interface EntryPoints {
  readonly init: () => void;
  readonly postUpgrade: () => void;
  /** True lets an ingress message in. */
  readonly inspect: () => boolean;
  readonly methods: readonly {
    readonly name: string;
    readonly kind: 'query' | 'update' | 'composite_query';
    readonly run: () => void | Promise<void>;
  }[];
}

/** A method or hook as azle tells the build of it, and the number that the host calls it by. */
interface Registered {
  readonly name: string;
  readonly index: number;
}

/**
 * What azle knows of a canister; it puts this on the class before it constructs it.
 * Source: azle's `src/stable/lib/canister_methods/index.ts`
 */
interface Registry {
  readonly callbacks: Record<string, () => unknown>;
  readonly methodMeta: {
    init?: Registered;
    post_upgrade?: Registered;
    inspect_message?: Registered;
    readonly queries: (Registered & { readonly composite: boolean; readonly hidden: boolean })[];
    readonly updates: (Registered & { readonly hidden: boolean })[];
  };
}

/**
 * A class that registers the entry points when azle constructs it.
 *
 * It writes into azle's registry what azle's decorators would. Those cost a factory 20 M instructions at its
 * installation, for automatic Candid that is not used here, and each message 40,000, for two asynchronous
 * functions around the method.
 */
export function canisterClass(entries: EntryPoints): new () => object {
  return class Canister {
    declare static _azleCanisterClassMeta: Registry;

    constructor() {
      const { callbacks, methodMeta } = Canister._azleCanisterClassMeta;
      let count = 0;
      const register = (name: string, run: () => void | Promise<void>): Registered => {
        const index = count++;
        // What a method throws at once the host itself makes a trap.
        callbacks[index] = () => run()?.catch(trap);
        return { name, index };
      };
      methodMeta.init = register('init', entries.init);
      methodMeta.post_upgrade = register('postUpgrade', entries.postUpgrade);
      methodMeta.inspect_message = register('inspect', () => {
        if (entries.inspect()) host.acceptMessage();
      });
      for (const { name, kind, run } of entries.methods) {
        const registered = { ...register(name, run), hidden: false };
        if (kind === 'update') methodMeta.updates.push(registered);
        else methodMeta.queries.push({ ...registered, composite: kind === 'composite_query' });
      }
    }
  };
}
