import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';

import { MANAGEMENT_ID, Network, type CallResult, type NetworkOptions } from '../index.ts';
import { MANAGEMENT_TYPES, type ManagementMethod } from '../management/idl.ts';
import { puppetModule } from './wat.ts';
import type { Script } from './script.ts';

/** Who calls, unless a test says otherwise: controls every canister made here. */
export const OWNER = Uint8Array.of(1, 2, 3, 4);
/** Somebody else. */
export const STRANGER = Uint8Array.of(9, 9, 9);

const NO_SETTINGS = {
  controllers: [],
  compute_allocation: [],
  memory_allocation: [],
  freezing_threshold: [],
  reserved_cycles_limit: [],
  log_visibility: [],
  snapshot_visibility: [],
  wasm_memory_limit: [],
  wasm_memory_threshold: [],
  environment_variables: [],
};

const APPLICATION: NetworkOptions = { subnets: [{ kind: 'Application' }] };

/** A network with short ways to do what tests do all the time. */
export class TestNetwork {
  readonly network: Network;

  /** @param network A network, or how to make one. */
  constructor(network: NetworkOptions | Network = APPLICATION) {
    this.network = network instanceof Network ? network : new Network(network);
  }

  /** Creates a canister. */
  async create(
    cycles = 100_000_000_000_000n,
    settings: Record<string, unknown> = {},
    extra: Record<string, unknown> = {},
  ): Promise<Uint8Array> {
    const reply = await this.manage('provisional_create_canister_with_cycles', {
      amount: [cycles],
      settings: [{ ...NO_SETTINGS, ...settings }],
      specified_id: [],
      sender_canister_version: [],
      ...extra,
    });
    return (reply as { canister_id: Principal }).canister_id.toUint8Array();
  }

  /** Creates a puppet canister. */
  async puppet(cycles?: bigint): Promise<Uint8Array> {
    const id = await this.create(cycles);
    await this.install(id);
    return id;
  }

  /** Installs a module, the puppet's by default. */
  async install(
    id: Uint8Array,
    wasm: Uint8Array = puppetModule(),
    {
      mode = { install: null },
      arg = new Uint8Array(0),
    }: { mode?: unknown; arg?: Uint8Array } = {},
  ): Promise<void> {
    await this.manage('install_code', {
      mode,
      canister_id: Principal.fromUint8Array(id),
      wasm_module: wasm,
      arg,
      sender_canister_version: [],
    });
  }

  /** Calls the management canister; throws an error whose message starts with the code. */
  async manage(method: ManagementMethod, argument?: unknown, sender = OWNER): Promise<unknown> {
    const types = MANAGEMENT_TYPES[method];
    const payload = encodeArgument(method, argument);
    const result = await this.network.executeIngress({
      sender,
      canisterId: MANAGEMENT_ID,
      method,
      payload,
    });
    return IDL.decode([...types.result], bytesOf(result))[0];
  }

  /** Calls the management canister about one canister. */
  about(method: ManagementMethod, id: Uint8Array, extra: object = {}): Promise<unknown> {
    return this.manage(method, {
      canister_id: Principal.fromUint8Array(id),
      sender_canister_version: [],
      ...extra,
    });
  }

  /** Updates settings. */
  async configure(id: Uint8Array, settings: Record<string, unknown>): Promise<void> {
    await this.about('update_settings', id, { settings: { ...NO_SETTINGS, ...settings } });
  }

  /** Has a puppet execute steps as an update, and gives what it answers. */
  call(id: Uint8Array, steps: Script, sender = OWNER, method = 'run'): Promise<CallResult> {
    return this.network.executeIngress({ sender, canisterId: id, method, payload: steps });
  }

  /** The reply of an update. Throws if there is none. */
  async reply(id: Uint8Array, steps: Script): Promise<Uint8Array> {
    return bytesOf(await this.call(id, steps));
  }

  /** Has a puppet execute steps as a query. */
  query(id: Uint8Array, steps: Script, method = 'ask'): CallResult {
    return this.network.query({ sender: OWNER, canisterId: id, method, payload: steps });
  }

  /** Executes so many rounds. */
  ticks(rounds: number): void {
    for (let round = 0; round < rounds; round += 1) this.network.tick();
  }
}

/** The Candid bytes of a management call's argument. */
export function encodeArgument(method: ManagementMethod, argument: unknown): Uint8Array {
  const types = [...MANAGEMENT_TYPES[method].args];
  return new Uint8Array(IDL.encode(types, types.length === 0 ? [] : [argument]));
}

/** The reply in a result. Throws an error that starts with the code otherwise. */
export function bytesOf(result: CallResult): Uint8Array {
  if (!result.ok) throw new Error(`${result.errorCode} ${result.description}`);
  if (result.kind === 'reject') throw new Error(`rejected: ${result.message}`);
  return result.reply;
}

/** A reply as text; one of `replyRejection` as its code, a space and the message. */
export function text(result: CallResult): string {
  const bytes = bytesOf(result);
  const decode = (part: Uint8Array): string => new TextDecoder().decode(part);
  const [code = 0] = bytes;
  return code >= 1 && code <= 6 ? `${code} ${decode(bytes.subarray(1))}` : decode(bytes);
}

/** A reply of 8 bytes as a number. */
export function number(result: CallResult): bigint {
  const bytes = bytesOf(result);
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
}

/** The puppet's counters, in the heap and in the global. */
export function counters(result: CallResult): [number, number] {
  const bytes = bytesOf(result);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return [view.getUint32(0, true), view.getUint32(4, true)];
}

/** The code of a failed call, `reject` for a canister's own, `reply` for none. */
export function codeIn(result: CallResult): string {
  return result.ok ? result.kind : result.code;
}
