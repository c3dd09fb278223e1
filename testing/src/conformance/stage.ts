import { createIdentity, PocketIc } from '@hadronous/pic';
import { assemble, type AssembledSystem } from '../assemble.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { orderOf, requestIdOf } from '../orders.ts';
import type { DeployedFactory } from '../plugins.ts';
import { accepted } from '../results.ts';
import { newUser, type User } from '../users.ts';
import { peopleOf, type OwnedContract, type Subject } from './options.ts';

/** Somebody whom orders name, and who never orders. */
export const OTHER = createIdentity('somebody else').getPrincipal();

/** Somebody who has nothing to do with anything. */
export const STRANGER = createIdentity('stranger');

/** A system with the plugin's factory, and a first contract that was ordered and paid. */
export interface Stage {
  readonly url: string;
  readonly subject: Subject;
  readonly system: AssembledSystem;
  readonly factory: DeployedFactory;
  readonly quote: Quote;
  readonly first: OwnedContract;
}

/** What the gateway asks for an order, in the fee token's smallest unit. */
export interface Quote {
  readonly price: bigint;
  readonly approve: bigint;
  readonly refundIfFailed: bigint;
}

/** Assembles the system and orders the first contract. */
export async function openStage(subject: Subject, url: string): Promise<Stage> {
  const pic = await PocketIc.create(url);
  const system = await assemble(pic, ADMINISTRATOR, { factories: [subject.plugin] });
  const { id } = subject.definition;
  const factory = system.factories.get(id)!;
  const quote = accepted(await system.gateway.quote(id, []));
  const stage = { url, subject, system, factory, quote };
  const user = await payingUser(stage, 'the first to order');
  const receipt = accepted(await user.gateway.createContract(orderBy(stage, user)));
  return { ...stage, first: { pic, id: receipt.contract, owner: user } };
}

/** A user who can pay one order exactly. */
export function payingUser({ system, quote }: Pick<Stage, 'system' | 'quote'>, name: string) {
  return newUser(system, name, { funds: quote.approve, approved: quote.approve });
}

/** The request id of {@link orderBy}: each user of the suite orders once. */
export const REQUEST = requestIdOf('the order');

/** The gateway's argument for the subject's order by a user. */
export function orderBy({ subject }: Pick<Stage, 'subject'>, user: User, args?: Uint8Array) {
  const bytes = args ?? subject.encodeOrder(peopleOf(user.principal, OTHER));
  return orderOf(bytes, { factory: subject.definition.id, requestId: REQUEST });
}
