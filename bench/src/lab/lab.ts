import { decoder, encoder, resultsOf, type Service } from '@fabrica/core/candid';
import { Network, type CallResult, type ExecutionRecord } from '@fabrica/localnet';
import { decodeCreated, encodeCreate, encodeInstall } from './management.ts';

/** Cycles that each canister of a benchmark is created with. */
const CYCLES = 1_000_000_000_000_000n;
const SETTLING_ROUNDS = 6;
const MANAGEMENT = new Uint8Array();
/** The argument of a canister that takes none. */
export const NO_ARGUMENT = Uint8Array.from([0x44, 0x49, 0x44, 0x4c, 0, 0]);
/** A user: self-authenticating by its class byte. */
export const principal = (number: number): Uint8Array => {
  const bytes = new Uint8Array(29);
  new DataView(bytes.buffer).setUint32(0, Math.imul(number + 1, 0x9e3779b1));
  new DataView(bytes.buffer).setUint32(4, number);
  bytes[28] = 2;
  return bytes;
};
/** Who installs, and calls where nothing else is said. */
export const OPERATOR = principal(0xffff_fff0);

/** What a message came to and what it cost. */
export interface Measured<T = unknown> {
  readonly value: T;
  /** Of all executions of the called canister that the message set off before it was answered. */
  readonly instructions: number;
}

/** A network in this process, with every execution's instructions at hand. */
export class Lab {
  readonly network: Network;

  /** @param metered False for a network that counts no instructions. */
  constructor(metered = true) {
    this.network = new Network({ subnets: [{ kind: 'Application' }], metered });
  }

  /** A new empty canister. */
  async create(): Promise<Uint8Array> {
    const payload = encodeCreate([{ amount: CYCLES }]);
    const method = 'provisional_create_canister_with_cycles';
    const sent = { sender: OPERATOR, canisterId: MANAGEMENT, method, payload };
    const decoded = decodeCreated(replyOf(method, await this.network.executeIngress(sent)));
    if (!decoded.ok) throw new Error(decoded.reason);
    return decoded.values[0].canister_id;
  }

  /** Installs or upgrades. @returns the instructions of `init` or `post_upgrade` and what belongs to it. */
  async install(
    id: Uint8Array,
    wasm: Uint8Array,
    arg: Uint8Array = NO_ARGUMENT,
    mode: 'install' | 'upgrade' = 'install',
  ): Promise<number> {
    const chosen = mode === 'install' ? { install: null } : { upgrade: null };
    const fields = { mode: chosen, canister_id: id, wasm_module: wasm, arg };
    const payload = encodeInstall([fields]);
    const sent = { sender: OPERATOR, canisterId: MANAGEMENT, method: 'install_code', payload };
    this.network.executions.clear();
    replyOf('install_code', await this.network.executeIngress(sent));
    const cost = total(this.network.executions.list().filter(({ call }) => call === null));
    // azle asks for randomness at once; an upgrade must not come between its call and the answer.
    for (let round = 0; round < SETTLING_ROUNDS; round += 1) this.network.tick();
    return cost;
  }

  /** Creates a canister and installs a module into it. */
  async launch(wasm: Uint8Array, arg?: Uint8Array): Promise<Launched> {
    const id = await this.create();
    return { id, init: await this.install(id, wasm, arg) };
  }

  /** Sends bytes as they are. Queries run as queries. */
  async send(
    id: Uint8Array,
    method: string,
    payload: Uint8Array,
    { sender = OPERATOR, query = false }: Sending = {},
  ): Promise<Measured<Uint8Array>> {
    const { network } = this;
    network.executions.clear();
    const message = { sender, canisterId: id, method, payload };
    const result = query ? network.query(message) : await network.executeIngress(message);
    const value = replyOf(method, result);
    const records = network.executions.list().filter((record) => record.kind !== 'inspect');
    return { value, instructions: total(records.filter((record) => record.method === method)) };
  }

  /** Calls a method of a service. @throws Error if it does not reply, or its reply does not decode. */
  async call<S extends Service>(
    service: S,
    id: Uint8Array,
    method: keyof S['methods'] & string,
    args: readonly unknown[],
    sender: Uint8Array = OPERATOR,
  ): Promise<Measured> {
    const spec = service.methods[method]!;
    const sending = { sender, query: spec.kind !== 'update' };
    const sent = await this.send(id, method, encoder(spec.args)(args as never), sending);
    const decoded = decoder(resultsOf(spec))(sent.value);
    if (!decoded.ok) throw new Error(`${method}: ${decoded.reason}`);
    return { value: decoded.values[0] ?? null, instructions: sent.instructions };
  }
}

/** A canister with its module in it. */
export interface Launched {
  readonly id: Uint8Array;
  /** Instructions of its initialization. */
  readonly init: number;
}

interface Sending {
  readonly sender?: Uint8Array;
  readonly query?: boolean;
}

/** Instructions of executions together. @throws Error if one of them trapped. */
export function total(records: readonly ExecutionRecord[]): number {
  let sum = 0;
  for (const { method, instructions, trap } of records) {
    if (trap !== null) throw new Error(`${method} trapped: ${trap}`);
    sum += instructions;
  }
  return sum;
}

function replyOf(method: string, result: CallResult): Uint8Array {
  if (!result.ok) throw new Error(`${method}: ${result.errorCode} ${result.description}`);
  if (result.kind === 'reject') throw new Error(`${method} rejected: ${result.message}`);
  return result.reply;
}
