const SCHEMA =
  'https://github.com/dfinity/ICRC-1/blob/main/standards/ICRC-3/README.md#icrc-1-and-icrc-2-block-schema';

/** What `icrc3_supported_block_types` answers: the names by which ICRC-3 calls the blocks of ICRC-1 and ICRC-2. */
export const supportedBlockTypes = Object.freeze(
  ['1burn', '1mint', '1xfer', '2approve', '2burn', '2xfer'].map((block_type) =>
    Object.freeze({ block_type, url: SCHEMA }),
  ),
);
