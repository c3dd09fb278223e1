import { host } from './host.ts';

/** The principal behind the running message, as the transport knows it; the same after every await. */
export const caller = (): Uint8Array => host.msgCaller();

/** This canister's own id. */
export const self = (): Uint8Array => host.canisterSelf();

/** Nanoseconds since the epoch; constant within a message, later after an await. */
export const now = (): bigint => host.time();

/** Cycles held, those reserved for calls under way not included. */
export const cyclesBalance = (): bigint => host.canisterCycleBalance();

/** True if `principal` controls this canister. */
export const isController = (principal: Uint8Array): boolean => host.isController(principal);

/** The argument of the running message, undecoded. */
export const argument = (): Uint8Array => host.msgArgData();

/** In an inspect hook: the method that the message asks for. */
export const methodName = (): string => host.msgMethodName();

/** Answers the running message. Exactly one of {@link reply} and {@link reject} per message. */
export const reply = (bytes: Uint8Array): void => host.msgReply(bytes);

/** Refuses the running message with reject code 4. */
export const reject = (message: string): void => host.msgReject(message);

/** Sets the canister's certified data, at most 32 bytes. */
export const certify = (data: Uint8Array): void => host.certifiedDataSet(data);

/** In a query: the certificate over the certified data; `null` in any other call. */
export const dataCertificate = (): Uint8Array | null => host.dataCertificate() ?? null;
