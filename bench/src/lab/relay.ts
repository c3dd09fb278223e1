import {
  c,
  decoder,
  encoder,
  resultsOf,
  service,
  update,
  type Service,
} from '@fabrica/core/candid';
import { relayModule } from '@fabrica/testing';
import { total, type Lab } from './lab.ts';

/** The relay of `@fabrica/testing`, which sends what it is told to whom it is told. */
const Relay = service('relay', { send: update([c.principal, c.text, c.blob], c.blob) });

/** A canister that plays contracts. @returns its id. */
export async function launchRelay(lab: Lab): Promise<Uint8Array> {
  return (await lab.launch(await relayModule())).id;
}

/**
 * Has a relay call a method that answers refusals.
 *
 * @returns the instructions of the called canister.
 * @throws Error if it refuses.
 */
export async function relay<S extends Service>(
  lab: Lab,
  from: Uint8Array,
  to: Uint8Array,
  target: S,
  method: keyof S['methods'] & string,
  args: readonly unknown[],
): Promise<number> {
  const spec = target.methods[method]!;
  const argument = encoder(spec.args)(args as never);
  const { value } = await lab.call(Relay, from, 'send', [to, method, argument]);
  const decoded = decoder(resultsOf(spec))(value as Uint8Array);
  if (!decoded.ok) throw new Error(decoded.reason);
  const [answer] = decoded.values as [object];
  if ('Err' in answer) throw new Error(`${method} was refused: ${JSON.stringify(answer.Err)}`);
  return total(lab.network.executions.list().filter((one) => one.method === method));
}
