/** What a call came to, as the runtime tells it. */
export type Answer =
  | { readonly ok: true; readonly value: Uint8Array }
  | {
      readonly ok: false;
      readonly failure: {
        /** `none`: surely without effect. */
        readonly effect: 'none' | 'possible';
        /** The interface specification's reject code; 0 if the call was never sent. */
        readonly rejectCode: number;
        readonly message: string;
      };
    };
