import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';

/** A header as canisters write it. */
export type HeaderField = [string, string];

/** A request as canisters get it (HTTP gateway specification). */
export interface CanisterRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: HeaderField[];
  readonly body: Uint8Array;
}

/** A value of a type that only the canister knows; `type` tells it. */
export interface Opaque {
  type(): IDL.Type;
  valueOf(): unknown;
}

/** Where the rest of a body is to be had. */
export interface Streaming {
  readonly Callback: { readonly callback: [Principal, string]; readonly token: Opaque };
}

/** A canister's answer. */
export interface CanisterResponse {
  readonly status_code: number;
  readonly headers: HeaderField[];
  readonly body: Uint8Array | number[];
  /** Whether the request is to be sent again, as an update call. */
  readonly upgrade: [] | [boolean];
  readonly streaming_strategy: [] | [Streaming];
}

/** A further piece of a body. */
export interface StreamedPiece {
  readonly body: Uint8Array | number[];
  /** For the piece after it; none if it was the last. */
  readonly token: [] | [Opaque];
}

const Header = IDL.Tuple(IDL.Text, IDL.Text);
const REQUEST = {
  method: IDL.Text,
  url: IDL.Text,
  headers: IDL.Vec(Header),
  body: IDL.Vec(IDL.Nat8),
};

/** Argument of `http_request_update`. */
export const UpdateRequest = IDL.Record(REQUEST);
/** Argument of `http_request`. */
export const QueryRequest = IDL.Record({ ...REQUEST, certificate_version: IDL.Opt(IDL.Nat16) });
/** Answer of a streaming callback. */
export const Piece = IDL.Record({ body: IDL.Vec(IDL.Nat8), token: IDL.Opt(IDL.Unknown) });
/** Answer of both methods. */
export const Response = IDL.Record({
  status_code: IDL.Nat16,
  headers: IDL.Vec(Header),
  body: IDL.Vec(IDL.Nat8),
  upgrade: IDL.Opt(IDL.Bool),
  streaming_strategy: IDL.Opt(
    IDL.Variant({
      Callback: IDL.Record({
        // A function of some type: its argument is the token, whose type only the canister knows.
        callback: IDL.Unknown,
        token: IDL.Unknown,
      }),
    }),
  ),
});
