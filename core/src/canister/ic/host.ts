/**
 * The functions that azle 0.33 registers in the canister's JavaScript. Its public wrappers choose between
 * two hosts, check types and wrap principals at every call; going straight to the functions below saves
 * 10,000 to 20,000 instructions a call (90,000 where another canister is called), and 10 KB of JavaScript at
 * every installation.
 * Source: azle's `src/stable/lib/ic_apis/azle_ic_stable.ts`
 */
interface Host {
  acceptMessage(): void;
  callRaw(
    resolver: string,
    rejecter: string,
    canister: Uint8Array,
    method: string,
    args: Uint8Array,
    cycles: string,
  ): void;
  canisterCycleBalance(): bigint;
  canisterSelf(): Uint8Array;
  certifiedDataSet(data: Uint8Array): void;
  dataCertificate(): Uint8Array | undefined;
  isController(principal: Uint8Array): boolean;
  msgArgData(): Uint8Array;
  msgCaller(): Uint8Array;
  msgMethodName(): string;
  msgReject(message: string): void;
  msgReply(bytes: Uint8Array): void;
  setTimer(seconds: number): bigint;
  setTimerInterval(seconds: number): bigint;
  stableBTreeMapGet(memory: number, key: Uint8Array): Uint8Array | undefined;
  stableBTreeMapInit(memory: number): void;
  stableBTreeMapInsert(memory: number, key: Uint8Array, value: Uint8Array): Uint8Array | undefined;
  stableBTreeMapRemove(memory: number, key: Uint8Array): Uint8Array | undefined;
  time(): bigint;
  trap(message: string): void;
}

const world = globalThis as unknown as {
  readonly _azleIc: Host;
  /** True while the build asks the module for its methods: there is no stable memory then. */
  readonly _azleNodejsWasmEnvironment?: boolean;
};

/** The host of this canister. */
export const host: Host = world._azleIc;

/** Where azle looks for the callbacks of a call by the names given to `callRaw`. */
export const settling = globalThis as unknown as {
  readonly _azleResolveCallbacks: Record<string, (answer: Uint8Array) => void>;
  readonly _azleRejectCallbacks: Record<string, (error: unknown) => void>;
};

/** Where azle looks for the callback of a timer by its number. */
export const timed = globalThis as unknown as {
  _azleTimerCallbacks?: Record<string, () => Promise<void>>;
};

/** True while the module is built, false while it runs. */
export const isBuilding = world._azleNodejsWasmEnvironment === true;
