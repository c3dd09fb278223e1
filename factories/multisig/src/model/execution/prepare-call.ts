import { encoder } from '@fabrica/core/candid';
import { concat, readU64, u32 } from '@fabrica/core/store';

import { ApproveArgs, TransferArg } from '../../peers/icrc-ledger.ts';
import { IcpTransferArgs } from '../../peers/icp-ledger.ts';
import { Management, MANAGEMENT_ID } from '../../peers/management.ts';
import type { Action, Operation } from '../../schemas/actions.ts';

/** A call to make, down to its bytes. */
export interface PreparedCall {
  readonly canister: Uint8Array;
  readonly method: string;
  /** A Candid message. */
  readonly args: Uint8Array;
  /** Cycles to attach. */
  readonly cycles: bigint;
}

/** Where a call comes from: together with its time it makes a ledger call unlike all others. */
export interface Origin {
  readonly proposal: number;
  readonly position: number;
  /** `created_at_time`, nanoseconds since the epoch. */
  readonly createdAt: bigint;
}

/** An action that is carried out by a call. */
export type CallingAction = Exclude<Action, { readonly Change: unknown }>;

const encodeTransfer = encoder([TransferArg]);
const encodeApprove = encoder([ApproveArgs]);
const encodeIcpTransfer = encoder([IcpTransferArgs]);

/** The call that carries out an action. The same action and origin give the same bytes, so it can be repeated. */
export function prepareCall(action: CallingAction, origin: Origin): PreparedCall {
  if ('Transfer' in action) {
    const { ledger, fromSubaccount, to, amount, fee, memo } = action.Transfer;
    const args = encodeTransfer([
      {
        from_subaccount: fromSubaccount,
        to,
        amount,
        fee,
        memo: memo ?? memoOf(origin),
        created_at_time: origin.createdAt,
      },
    ]);
    return { canister: ledger, method: 'icrc1_transfer', args, cycles: 0n };
  }
  if ('Approve' in action) {
    const { ledger, fromSubaccount, spender, amount, fee, memo } = action.Approve;
    const args = encodeApprove([
      {
        from_subaccount: fromSubaccount,
        spender,
        amount,
        expected_allowance: action.Approve.expectedAllowance,
        expires_at: action.Approve.expiresAt,
        fee,
        memo: memo ?? memoOf(origin),
        created_at_time: origin.createdAt,
      },
    ]);
    return { canister: ledger, method: 'icrc2_approve', args, cycles: 0n };
  }
  if ('IcpTransfer' in action) {
    const { ledger, fromSubaccount, to, amount, fee, memo } = action.IcpTransfer;
    const args = encodeIcpTransfer([
      {
        memo: memo ?? readU64(memoOf(origin)),
        amount: { e8s: amount },
        fee: { e8s: fee },
        from_subaccount: fromSubaccount,
        to,
        created_at_time: { timestamp_nanos: origin.createdAt },
      },
    ]);
    return { canister: ledger, method: 'transfer', args, cycles: 0n };
  }
  if ('Call' in action) return action.Call;
  return prepareOperation(action.Manage.canister, action.Manage.operation);
}

/** Proposal and position, where the proposal gives no memo: the ledger's records lead back to it. */
function memoOf({ proposal, position }: Origin): Uint8Array {
  return concat(u32(proposal), u32(position));
}

const { methods } = Management;
const encodeId = encoder(methods.start_canister.args);
const encodeSettings = encoder(methods.update_settings.args);
const encodeInstall = encoder(methods.install_chunked_code.args);

function prepareOperation(canister: Uint8Array, operation: Operation): PreparedCall {
  const manage = (method: keyof typeof methods, args: Uint8Array, cycles = 0n): PreparedCall => ({
    canister: MANAGEMENT_ID,
    method,
    args,
    cycles,
  });
  const id = { canister_id: canister };
  if ('Start' in operation) return manage('start_canister', encodeId([id]));
  if ('Stop' in operation) return manage('stop_canister', encodeId([id]));
  if ('ClearChunks' in operation) return manage('clear_chunk_store', encodeId([id]));
  if ('DepositCycles' in operation) {
    return manage('deposit_cycles', encodeId([id]), operation.DepositCycles);
  }
  if ('UpdateSettings' in operation) {
    const { controllers, computeAllocation, memoryAllocation, freezingThreshold } =
      operation.UpdateSettings;
    const settings = {
      controllers,
      compute_allocation: computeAllocation,
      memory_allocation: memoryAllocation,
      freezing_threshold: freezingThreshold,
    };
    return manage('update_settings', encodeSettings([{ ...id, settings }]));
  }
  const { mode, moduleHash, chunks, arg } = operation.Install;
  const install = {
    mode,
    target_canister: canister,
    chunk_hashes_list: chunks.map((hash) => ({ hash })),
    wasm_module_hash: moduleHash,
    arg,
  };
  return manage('install_chunked_code', encodeInstall([install]));
}
