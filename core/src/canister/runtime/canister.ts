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
import type { Audience, Handler } from './handle.ts';
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
  /**
   * Refuses messages from outside before they are executed, at no cost to the canister; calls of canisters and queries
   * do not come by. Without it, every method that is not for canisters only can be called.
   */
  readonly inspect?: (message: Ingress) => boolean;
  /** Runs once, at installation. */
  readonly init?: (...parameters: [...InitValues<S['init']>, Context]) => void;
  /** Runs after every upgrade; `init` does not. Wake workers here that may have work left. */
  readonly postUpgrade?: (context: Context) => void;
}

/** What is known of a message from outside before it is executed. */
export interface Ingress {
  readonly method: string;
  /** Whom the method is for. */
  readonly audience: Audience;
  readonly caller: Uint8Array;
}

/** The class that azle wants as a canister's default export. */
export function canister<S extends Service>(definition: CanisterDefinition<S>): new () => object {
  const methods: Readonly<Record<string, Handler | undefined>> = definition.methods;
  const handlers = Object.entries<Handler>(definition.methods);
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
    // By method and caller: to look at an argument is to copy it, two instructions a byte.
    inspect: () => {
      const method = system.methodName();
      const { audience = 'canisters' } = methods[method] ?? {};
      if (audience === 'canisters') return false;
      return definition.inspect?.({ method, audience, caller: system.caller() }) ?? true;
    },
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
