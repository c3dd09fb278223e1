import { init, inspectMessage, postUpgrade, query, update } from 'azle';

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

/**
 * A class that registers the entry points when azle constructs it.
 *
 * azle wants decorated methods of a class; calling its decorators from the constructor does the same
 * for a table. Manual mode leaves arguments and replies to us: azle's automatic Candid costs about a
 * million instructions a call and decodes without a bound.
 */
export function canisterClass(entries: EntryPoints): new () => object {
  const manual = { manual: true } as const;
  return class Canister {
    constructor() {
      // eslint-disable-next-line @typescript-eslint/no-this-alias -- azle calls initializers on it
      const instance = this;
      register(init([], manual), 'init', entries.init);
      register(postUpgrade([], manual), 'postUpgrade', entries.postUpgrade);
      register(inspectMessage(manual), 'inspect', entries.inspect);
      for (const { name, kind, run } of entries.methods) {
        const composite = kind === 'composite_query';
        const decorate =
          kind === 'update'
            ? update([], undefined, manual)
            : query([], undefined, { ...manual, composite });
        register(decorate, name, run);
      }

      function register(decorate: ReturnType<typeof update>, name: string, run: () => unknown) {
        decorate(run, {
          kind: 'method',
          name,
          metadata: {},
          static: false,
          private: false,
          addInitializer: (initializer) => initializer.call(instance),
        });
      }
    }
  };
}
