import { factoryErrors } from '../../factory/index.ts';
import type { Refused } from '../../errors/index.ts';
import { equal } from '../../store/index.ts';
import type { Kernel } from './kernel.ts';

/** `null` if `caller` may order contracts here. */
export function refuseGateway(kernel: Kernel, caller: Uint8Array): Refused | null {
  return listed(kernel.whitelist.get().gateways, caller) ? null : factoryErrors.not_a_gateway();
}

/** `null` if `caller` administers this factory. */
export function refuseAdministrator(kernel: Kernel, caller: Uint8Array): Refused | null {
  const { administrators } = kernel.whitelist.get();
  return listed(administrators, caller) ? null : factoryErrors.not_an_administrator();
}

function listed(principals: readonly Uint8Array[], caller: Uint8Array): boolean {
  return principals.some((principal) => equal(principal, caller));
}
