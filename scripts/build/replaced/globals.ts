import { TextDecoder, TextEncoder } from './text-encoding.ts';

/*
 * Stands in for azle's `globals` and `state` inside canisters: what azle keeps in globals, set by the same actions,
 * in a sixth of the code, which every installation parses. Recording and printing of actions are left out, and
 * randomness of `crypto`, which no canister here may use.
 */
type Scope = Record<string, unknown>;
type Callbacks = Record<string, unknown>;

const scope = globalThis as unknown as Scope;

const set = (name: string) => (payload: unknown) => {
  scope[name] = payload;
};
const remember = (name: string, id: string, callback: string) => (payload: unknown) => {
  const given = payload as Scope;
  ((scope[name] ??= {}) as Callbacks)[String(given[id])] = given[callback];
};
const forget = (name: string) => (id: unknown) => {
  const callbacks = scope[name] as Callbacks | undefined;
  delete callbacks?.[String(id)];
};

const actions: Readonly<Record<string, (payload: unknown) => void>> = {
  SET_AZLE_CANISTER_CLASS_META: set('_azleCanisterClassMeta'),
  SET_AZLE_CANISTER_METHOD_NAMES: set('_azleCanisterMethodNames'),
  SET_AZLE_ICP_REPLICA_WASM_ENVIRONMENT: set('_azleIcpReplicaWasmEnvironment'),
  SET_AZLE_REJECT_CALLBACK: remember('_azleRejectCallbacks', 'globalRejectId', 'rejectCallback'),
  SET_AZLE_RESOLVE_CALLBACK: remember(
    '_azleResolveCallbacks',
    'globalResolveId',
    'resolveCallback',
  ),
  SET_AZLE_TIMER_CALLBACK: remember('_azleTimerCallbacks', 'timerId', 'timerCallback'),
  DELETE_AZLE_REJECT_CALLBACK: forget('_azleRejectCallbacks'),
  DELETE_AZLE_RESOLVE_CALLBACK: forget('_azleResolveCallbacks'),
  DELETE_AZLE_TIMER_CALLBACK: forget('_azleTimerCallbacks'),
};

scope['_azleDispatch'] = ({ type, payload }: { type: string; payload: unknown }): void => {
  const act = actions[type];
  if (act === undefined) throw new Error(`No canister of Fabrica knows azle's action ${type}`);
  act(payload);
};

/** Prints to the log of the replica. */
export function log(...values: unknown[]): void {
  const line = values
    .map((value) =>
      value instanceof Error
        ? `${value.name}: ${value.message} at ${value.stack}`
        : JSON.stringify(value, (_, part: unknown) =>
            typeof part === 'bigint' ? String(part) : part,
          ),
    )
    .join(' ');
  (scope['_azleIc'] as { debugPrint(text: string): void }).debugPrint(line);
}

if (
  scope['_azleIcpReplicaWasmEnvironment'] === true ||
  scope['_azleNodejsWasmEnvironment'] === true
) {
  Object.assign(scope, { TextDecoder, TextEncoder });
  scope['console'] = { log, error: log, warn: log, info: log };
  for (const name of ['crypto', 'fetch', 'Buffer', 'setTimeout', 'clearTimeout', 'WebAssembly']) {
    const get = (): never => {
      throw new Error(`A canister of Fabrica has no ${name}`);
    };
    Object.defineProperty(scope, name, { get, configurable: true });
  }
}
