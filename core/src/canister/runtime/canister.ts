import {
  decoder,
  prepareCodecs,
  type Infer,
  type MethodSpec,
  type Schema,
  type Service,
} from '../../candid/index.ts';
import { canisterClass } from '../ic/entry-points.ts';
import { after } from '../ic/timers.ts';
import * as system from '../ic/system.ts';
import { MessageContext, type Context } from './context.ts';
import type { Handler } from './handle.ts';
import { startWatch } from './worker.ts';

type Methods<S extends Service> = {
  readonly [Name in keyof S['methods']]: Handler<Unnamed<S['methods'][Name]>>;
};
/** A method as it is described before a service names it. */
type Unnamed<Spec> =
  Spec extends MethodSpec<infer Args, infer Answer> ? MethodSpec<Args, Answer> : never;
type InitValues<Schemas extends readonly Schema[]> = {
  -readonly [Index in keyof Schemas]: Infer<Schemas[Index]>;
};

/** A canister: what it implements, and how. */
export interface CanisterDefinition<S extends Service> {
  /** The interface. Every method of it must be in `methods`, and nothing else. */
  readonly service: S;
  readonly methods: Methods<S>;
  /** Runs once, at installation. */
  readonly init?: (...parameters: [...InitValues<S['init']>, Context]) => void;
  /** Runs after every upgrade; `init` does not. Wake workers here that may have work left. */
  readonly postUpgrade?: (context: Context) => void;
}

/** The class that azle wants as a canister's default export. */
export function canister<S extends Service>(definition: CanisterDefinition<S>): new () => object {
  const handlers = Object.entries<Handler>(definition.methods);
  const reachable = new Set(
    handlers.filter(([, { audience }]) => audience !== 'canisters').map(([name]) => name),
  );
  return canisterClass({
    init: () => {
      const decoded = decoder(definition.service.init)(system.argument());
      if (!decoded.ok) throw new Error(`The init argument does not decode: ${decoded.reason}`);
      const init = definition.init as ((...parameters: unknown[]) => void) | undefined;
      init?.(...decoded.values, new MessageContext());
      start();
    },
    postUpgrade: () => {
      definition.postUpgrade?.(new MessageContext());
      start();
    },
    // By the method alone: to look at an argument is to copy it, two instructions a byte.
    inspect: () => reachable.has(system.methodName()),
    methods: handlers.map(([name, handler]) => ({
      name,
      kind: handler.spec.kind,
      run: () => answer(handler),
    })),
  });
}

/** What every canister does after it was installed or upgraded, in messages of their own. */
function start(): void {
  after(0, prepareCodecs);
  startWatch();
}

function answer(handler: Handler): void | Promise<void> {
  const result = handler.run(system.argument(), new MessageContext());
  if (typeof result === 'string') return system.reject(result);
  return result instanceof Promise ? result.then(system.reply) : system.reply(result);
}
