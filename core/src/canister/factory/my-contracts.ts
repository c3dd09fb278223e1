import { encoder } from '../../candid/index.ts';
import { lazily } from '../../candid/lazily.ts';
import { latin1 } from '../../candid/text.ts';
import { factoryMethods, type PageRequest } from '../../factory/index.ts';
import { MyContractPage } from '../../factory/types.ts';
import type { RowPage } from '../../model/indexes/index.ts';
import { EncodedReply, handle } from '../runtime/handle.ts';
import type { Kernel } from './kernel.ts';
import { limitOf } from './page-limit.ts';

const encodeArguments = encoder(factoryMethods.getMyContracts.args);
const encodePage = encoder([MyContractPage]);

/** An empty principal and no request, at the end of arguments; no cursor and no rows, at the end of a page. */
const NO_USER = new Uint8Array();
const EMPTY_ARGUMENTS = 3;
const EMPTY_PAGE = 2;

/** What stands before the values. */
const headers = lazily(() => {
  const argument = encodeArguments([NO_USER, null]);
  const page = encodePage([{ contracts: [], next: null }]);
  return {
    argument: latin1(argument, 0, argument.length - EMPTY_ARGUMENTS),
    page: page.slice(0, page.length - EMPTY_PAGE),
  };
});

/**
 * The contracts a user made or has a role in, newest first. A read or two of memory, however many there are.
 *
 * It is what a frontend asks most, so both its messages are put together by hand: decoding and encoding by
 * their schemas took half of its instructions.
 */
export const getMyContracts = (kernel: Kernel) =>
  handle(
    factoryMethods.getMyContracts,
    (user, page) => {
      const rows = kernel.directory.lists.mine(user, page?.cursor ?? null, limitOf(page));
      return new EncodedReply(encodeRows(rows));
    },
    { read: readArguments },
  );

/** `record { contracts; next }`, in the order of the labels' hashes: the cursor, then the rows. */
function encodeRows({ count, runs, next }: RowPage): Uint8Array {
  const header = headers().page;
  let at = header.length;
  let length = at + (next === null ? 1 : 6) + 1;
  for (let i = 0; i < runs.length; i += 1) length += runs[i]!.length;
  const bytes = new Uint8Array(length);
  bytes.set(header);
  if (next === null) {
    at += 1;
  } else {
    bytes[at] = 1;
    bytes[at + 1] = 4;
    bytes[at + 2] = next >>> 24;
    bytes[at + 3] = next >>> 16;
    bytes[at + 4] = next >>> 8;
    bytes[at + 5] = next;
    at += 6;
  }
  // A page has at most a hundred rows: one byte of LEB128.
  bytes[at] = count;
  at += 1;
  for (let i = 0; i < runs.length; i += 1) {
    bytes.set(runs[i]!, at);
    at += runs[i]!.length;
  }
  return bytes;
}

/** The arguments, as agents write them for a first page; `null` if they are anything else. */
function readArguments(bytes: Uint8Array): [Uint8Array, PageRequest | null] | null {
  const { argument } = headers();
  const start = argument.length + 2;
  const length = bytes[start - 1]!;
  const end = start + length;
  if (bytes[start - 2] !== 1 || !(length <= 29)) return null;
  if (latin1(bytes, 0, argument.length) !== argument) return null;
  const user = bytes.slice(start, end);
  if (bytes[end] === 0) return bytes.length === end + 1 ? [user, null] : null;
  // A request without a cursor, and with a limit of one byte.
  const usual =
    bytes.length === end + 7 && bytes[end] === 1 && bytes[end + 1] === 0 && bytes[end + 2] === 1;
  if (!usual || bytes[end + 4] !== 0 || bytes[end + 5] !== 0 || bytes[end + 6] !== 0) return null;
  return [user, { cursor: null, limit: bytes[end + 3]! }];
}
