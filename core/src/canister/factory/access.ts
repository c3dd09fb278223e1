import { factoryErrors, factoryMethods } from '../../factory/index.ts';
import type { Refused, Result } from '../../errors/index.ts';
import { holds, type RoleName } from '../../model/administration/index.ts';
import type { Context } from '../runtime/context.ts';
import { handle, type Handler, type Logic } from '../runtime/handle.ts';
import type { Kernel } from './kernel.ts';

type Caller = Pick<Context, 'caller' | 'now'>;

/** `null` if the caller may order contracts here. */
export function refuseGateway(
  { grants }: Pick<Kernel, 'grants'>,
  { caller, now }: Caller,
): Refused | null {
  return holds(grants.get(), caller, ['Gateway'], now) ? null : factoryErrors.not_a_gateway();
}

/** `null` if the caller administers this factory, or has one of `others`, the narrower roles that suffice. */
export function refuseAdministrator(
  { grants }: Pick<Kernel, 'grants'>,
  { caller, now }: Caller,
  ...others: readonly RoleName[]
): Refused | null {
  return holds(grants.get(), caller, ['Administrator', ...others], now)
    ? null
    : factoryErrors.not_an_administrator();
}

/** What the log says of a change. */
export interface Said {
  /** Whom or which canister it is about. */
  readonly subject?: Uint8Array;
  /** What was changed, for people to read. */
  readonly detail: string;
}

type FactoryMethods = typeof factoryMethods;

/**
 * Binds a method of administration: refused to all but administrators and `others`, and written into the
 * log of administration, in the words of `say`, when it answers `Ok`.
 */
export function administered<Name extends keyof FactoryMethods & string>(
  kernel: Pick<Kernel, 'grants' | 'administrationLog'>,
  name: Name,
  others: readonly RoleName[],
  say: (...parameters: Parameters<Logic<FactoryMethods[Name]>>) => Said,
  logic: Logic<FactoryMethods[Name]>,
): Handler<FactoryMethods[Name]> {
  type Parameter = Parameters<Logic<FactoryMethods[Name]>>;
  const run = logic as unknown as (...parameters: Parameter) => Result<unknown>;
  const guarded = (...parameters: Parameter): unknown => {
    const context = parameters.at(-1) as Context;
    const refused = refuseAdministrator(kernel, context, ...others);
    if (refused !== null) return refused;
    const answer: unknown = run(...parameters);
    const logged = (value: unknown): unknown => {
      if ('Err' in (value as object)) return value;
      const { subject = null, detail } = say(...parameters);
      const { caller: by, now: at } = context;
      kernel.administrationLog.append({ at, by, method: name, subject, detail });
      return value;
    };
    return answer instanceof Promise ? answer.then(logged) : logged(answer);
  };
  return handle(factoryMethods[name], guarded as unknown as Logic<FactoryMethods[Name]>);
}
