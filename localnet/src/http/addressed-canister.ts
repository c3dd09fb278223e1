import { Principal } from '@dfinity/principal';

import type { HttpRequest } from '../web/http.ts';

/** Host names of canisters: `<id>.localhost`, `<id>.raw.localhost`, and a port. */
const HOST = /^([a-z0-9-]+)(?:\.raw)?\.localhost(?::\d+)?$/i;

/** The canister that a plain HTTP request is for, by its host name or `?canisterId=`; null if none. */
export function addressedCanister({ headers, query }: HttpRequest): Uint8Array | null {
  const [, name] = HOST.exec(headers.host ?? '') ?? [];
  return (name && read(name)) || read(query.get('canisterId') ?? '');
}

function read(text: string): Uint8Array | null {
  if (text === '') return null;
  try {
    return Principal.fromText(text).toUint8Array();
  } catch {
    // Any other host name or parameter: not a canister's.
    return null;
  }
}
