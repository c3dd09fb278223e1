import type { IngressTable } from '../messaging/ingress-table.ts';
import type { Message } from '../messaging/message.ts';
import type { World } from '../world.ts';
import { type ChunkSink, putRecord, type Ref } from './chunks.ts';
import { saveMessage } from './messages.ts';
import { saveCanister } from './save-canister.ts';
import type { SavedAnswer, SavedNetwork } from './saved.ts';

/** What a network knows beside its world. */
export type NetworkClock = Pick<SavedNetwork, 'specs' | 'seed' | 'clock' | 'nonce'>;

/**
 * Stores a whole network between two of its messages, and gives what it is found by. Faults are not
 * part of it; answers that one holds back are stored as sent.
 */
export function saveWorld(sink: ChunkSink, world: World, clock: NetworkClock): SavedNetwork {
  const numbers = new Map(world.subnets.map((subnet, number) => [subnet, number]));
  const held = world.faults.held();
  return {
    ...clock,
    time: world.time,
    round: world.round,
    lastId: world.lastId,
    subnets: world.subnets.map((subnet) => {
      const answers = held.filter(({ from }) => from === subnet);
      const delayed = answers.map(
        ({ answer }): Message => ({ kind: 'delayed', rounds: 0, answer }),
      );
      return {
        nextIndex: subnet.nextIndex,
        chargedUntil: subnet.chargedUntil,
        randomness: subnet.randomness,
        inbox: subnet.inbox.items().map(saveMessage),
        later: [...subnet.later, ...delayed].map(saveMessage),
      };
    }),
    canisters: [...world.canisters.values()].map((canister) =>
      saveCanister(sink, canister, numbers.get(canister.subnet)!),
    ),
    bestEffort: world.bestEffort.map(({ canister, ...waiting }) => ({
      ...waiting,
      canister: canister.id,
    })),
    pending: world.ingress.pending().map((id) => ({ id, sender: world.ingress.get(id)!.sender })),
    finished: saveAnswers(sink, world.ingress),
  };
}

function saveAnswers(sink: ChunkSink, ingress: IngressTable): Ref[] {
  return ingress.finished().map((group) =>
    sink.once(group, group.length, () => {
      const answers = group.flatMap((id): SavedAnswer[] => {
        const { sender, status } = ingress.get(id)!;
        return status.state === 'done' ? [{ id, sender, result: status.result }] : [];
      });
      return putRecord(sink, answers);
    }),
  );
}
