import { Principal } from '@dfinity/principal';

const NANOS_PER_MS = 1_000_000n;
const NANOS_PER_SECOND = 1_000_000_000n;

/**
 * What a canister printed, as the replica logs it, and its name if it has one:
 * `2021-05-06 19:17:10.000000003 UTC: [Canister lxzze-o7777-77777-aaaaa-cai ledger] text`.
 * @param time Nanoseconds since the epoch.
 */
export function printedLine(
  time: bigint,
  canister: Uint8Array,
  name: string | null,
  line: Uint8Array,
): string {
  const seconds = new Date(Number(time / NANOS_PER_MS)).toISOString().slice(0, 19);
  const fraction = String(time % NANOS_PER_SECOND).padStart(9, '0');
  const id = Principal.fromUint8Array(canister).toText();
  const text = new TextDecoder().decode(line);
  const called = name === null ? id : `${id} ${name}`;
  return `${seconds.replace('T', ' ')}.${fraction} UTC: [Canister ${called}] ${text}`;
}
