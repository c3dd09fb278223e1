/**
 * The functions that azle 0.33 registers in the canister's JavaScript. Its public wrappers choose between
 * two hosts, check types and wrap principals at every call; going straight to the functions below saves
 * 10,000 to 20,000 instructions a call, and the 8 KB of `StableBTreeMap` at every installation.
 * Source: azle's `src/stable/lib/ic_apis/azle_ic_stable.ts`
 */
interface Host {
  acceptMessage(): void;
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
  stableBTreeMapGet(memory: number, key: Uint8Array): Uint8Array | undefined;
  stableBTreeMapInit(memory: number): void;
  stableBTreeMapInsert(memory: number, key: Uint8Array, value: Uint8Array): Uint8Array | undefined;
  stableBTreeMapRemove(memory: number, key: Uint8Array): Uint8Array | undefined;
  time(): bigint;
}

const world = globalThis as unknown as {
  readonly _azleIc: Host;
  /** True while the build asks the module for its methods: there is no stable memory then. */
  readonly _azleNodejsWasmEnvironment?: boolean;
};

/** The host of this canister. */
export const host: Host = world._azleIc;

/** True while the module is built, false while it runs. */
export const isBuilding = world._azleNodejsWasmEnvironment === true;
