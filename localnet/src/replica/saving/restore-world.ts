import type { World } from '../world.ts';
import { type ChunkSource, getRecord } from './chunks.ts';
import { MemoryRestorer } from './memories.ts';
import { MessageRestorer } from './messages.ts';
import { restoreCalls, restoreCanister } from './restore-canister.ts';
import type { SavedAnswer, SavedCanister, SavedNetwork } from './saved.ts';

/** Fills a new world of the same subnets with what was stored. */
export function restoreWorld(source: ChunkSource, world: World, saved: SavedNetwork): void {
  world.time = saved.time;
  world.round = saved.round;
  world.lastId = saved.lastId;
  const canisters = saved.canisters.map((ref) => getRecord<SavedCanister>(source, ref));
  const memories = new MemoryRestorer(source, world.modules, world.heaps);
  for (const canister of canisters) restoreCanister(world, source, memories, canister);

  const messages = new MessageRestorer(world.canisters, world.subnets[0]!);
  for (const canister of canisters) restoreCalls(world, messages, canister);
  for (const [number, kept] of saved.subnets.entries()) {
    const subnet = world.subnets[number]!;
    subnet.nextIndex = kept.nextIndex;
    subnet.chargedUntil = kept.chargedUntil;
    subnet.randomness = kept.randomness;
    for (const message of kept.inbox) subnet.inbox.push(messages.message(message));
    subnet.later = kept.later.map((message) => messages.message(message));
  }
  world.bestEffort = saved.bestEffort.map(({ canister, ...waiting }) => ({
    ...waiting,
    canister: messages.canister(canister),
  }));

  for (const ref of saved.finished) {
    for (const { id, sender, result } of getRecord<SavedAnswer[]>(source, ref)) {
      world.ingress.open(id, sender);
      world.ingress.finish(id, result);
    }
  }
  for (const { id, sender } of saved.pending) world.ingress.open(id, sender);
}
