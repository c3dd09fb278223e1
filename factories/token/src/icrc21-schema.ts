import { c, update, type Infer } from '@fabrica/core/candid';

/*
 * ICRC-21, consent messages, as ledgers in use offer them:
 * https://github.com/dfinity/wg-identity-authentication/blob/main/topics/ICRC-21/icrc_21_consent_msg.md
 */

const Metadata = c.record({
  /** A BCP-47 tag. */
  language: c.text({ max: 100 }),
  utc_offset_minutes: c.opt(c.int16),
});

/** A call that a user is asked to sign, and how the message about it is to be shown. */
export const ConsentRequest = c.record({
  method: c.text({ max: 100 }),
  arg: c.blob({ max: 10_000 }),
  user_preferences: c.record({
    metadata: Metadata,
    device_spec: c.opt(c.variant({ GenericDisplay: c.null, FieldsDisplay: c.null })),
  }),
});
export type ConsentRequest = Infer<typeof ConsentRequest>;

/** What a field of a message shows. */
export const ConsentField = c.variant({
  TokenAmount: c.record({ decimals: c.nat8, amount: c.nat64, symbol: c.text }),
  TimestampSeconds: c.record({ amount: c.nat64 }),
  DurationSeconds: c.record({ amount: c.nat64 }),
  Text: c.record({ content: c.text }),
});
export type ConsentField = Infer<typeof ConsentField>;

const ConsentInfo = c.record({
  consent_message: c.variant({
    GenericDisplayMessage: c.text,
    FieldsDisplayMessage: c.record({
      intent: c.text,
      fields: c.vec(c.tuple(c.text, ConsentField)),
    }),
  }),
  metadata: Metadata,
});

const ErrorInfo = c.record({ description: c.text });

const ConsentError = c.variant({
  UnsupportedCanisterCall: ErrorInfo,
  ConsentMessageUnavailable: ErrorInfo,
  InsufficientPayment: ErrorInfo,
  GenericError: c.record({ error_code: c.nat, description: c.text }),
});

export const ConsentResponse = c.result(ConsentInfo, ConsentError);
export type ConsentResponse = Infer<typeof ConsentResponse>;

export const icrc21Methods = {
  icrc21_canister_call_consent_message: update([ConsentRequest], ConsentResponse),
} as const;
