import type { MethodSpec } from '@fabrica/core/candid';
import { handle, worker, type Audience, type Handler, type Logic } from '@fabrica/core/canister';

import { lazy, makeWaiting } from '../../model/lazy.ts';
import { hasherOf } from '../../model/proposals/proposal-hash.ts';

/** A method whose codecs are made after the installation; see {@link lazy}. Otherwise as `handle`. */
export function onDemand<Spec extends MethodSpec>(
  spec: Spec,
  logic: Logic<Spec>,
  options: { readonly audience?: Audience } = {},
): Handler<Spec> {
  const handler = lazy(() => handle(spec, logic, options));
  return {
    spec,
    audience: options.audience ?? 'anyone',
    run: (argument, context) => handler().run(argument, context),
  };
}

/** To be woken by installations and upgrades: makes what they put off, in a message of its own. */
export const preparation = worker(({ self }) => {
  makeWaiting();
  hasherOf(self);
  return null;
});
