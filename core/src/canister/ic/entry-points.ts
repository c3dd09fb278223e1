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

/** What azle keeps of a class while it registers its methods; put on the class before it is constructed. */
interface Registry {
  readonly callbacks: Record<string, () => unknown>;
  /** The number of the method registered next. */
  readonly canisterMethodsIndex: number;
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
  class Canister {
    declare static _azleCanisterClassMeta: Registry;

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
        let promise: Promise<void> | undefined;
        register(decorate, name, () => promise);
        shorten(name, run, (started) => (promise = started));
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
  }
  return Canister;

  /**
   * Has the host call the method registered last straight away. azle's way there is two asynchronous functions,
   * which cost each message 40,000 instructions; it is left to methods that wait for something, for it traps
   * when their promise is rejected. What a method throws at once the host itself makes a trap.
   */
  function shorten(
    name: string,
    run: () => void | Promise<void>,
    started: (promise: Promise<void>) => void,
  ) {
    const { callbacks, canisterMethodsIndex } = Canister._azleCanisterClassMeta;
    const number = canisterMethodsIndex - 1;
    const wait = callbacks[number];
    if (wait === undefined) throw new Error(`azle keeps no callback of ${name}`);
    callbacks[number] = () => {
      const result = run();
      if (result === undefined) return undefined;
      started(result);
      return wait();
    };
  }
}
