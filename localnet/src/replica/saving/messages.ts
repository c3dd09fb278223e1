import { keyOf } from '../ids.ts';
import type { CallOrigin, Message, Request } from '../messaging/message.ts';
import { Canister } from '../state/canister.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { SavedMessage, SavedOrigin, SavedRequest } from './saved.ts';

/** A request with its sender's id in place of the sender, and without the fault that hit it. */
export function saveRequest(request: Request): SavedRequest {
  const { callbackId, receiver, method, payload, cycles, senderVersion, deadline } = request;
  const sender = request.sender.id;
  return { sender, callbackId, receiver, method, payload, cycles, senderVersion, deadline };
}

/** Where an answer goes. */
export function saveOrigin(origin: CallOrigin): SavedOrigin {
  if (origin.kind !== 'canister') return origin;
  return { kind: 'canister', request: saveRequest(origin.request) };
}

/** A message on its way. */
export function saveMessage(message: Message): SavedMessage {
  switch (message.kind) {
    case 'ingress':
      return message;
    case 'request':
      return { kind: 'request', request: saveRequest(message.request) };
    case 'response': {
      const { response } = message;
      return { kind: 'response', response: { ...response, receiver: response.receiver.id } };
    }
    case 'raw-rand':
      return { ...message, origin: saveOrigin(message.origin) };
    case 'delayed': {
      const { rounds, answer } = message;
      const request = saveRequest(answer.request);
      return { kind: 'delayed', rounds, answer: { ...answer, request } };
    }
  }
}

/** Puts objects in place of ids again. */
export class MessageRestorer {
  readonly #canisters: ReadonlyMap<string, Canister>;
  readonly #gone = new Map<string, Canister>();
  readonly #anySubnet: Subnet;

  /**
   * @param canisters By key.
   * @param anySubnet Hosts canisters that were deleted while they waited for answers.
   */
  constructor(canisters: ReadonlyMap<string, Canister>, anySubnet: Subnet) {
    this.#canisters = canisters;
    this.#anySubnet = anySubnet;
  }

  /** The canister of this id. Of one that was deleted, something that takes its answers. */
  canister(id: Uint8Array): Canister {
    const key = keyOf(id);
    const known = this.#canisters.get(key) ?? this.#gone.get(key);
    if (known) return known;
    const gone = new Canister(id, this.#anySubnet, [], 0n);
    this.#gone.set(key, gone);
    return gone;
  }

  request(saved: SavedRequest): Request {
    return { ...saved, sender: this.canister(saved.sender), fault: null };
  }

  origin(saved: SavedOrigin): CallOrigin {
    if (saved.kind !== 'canister') return saved;
    return { kind: 'canister', request: this.request(saved.request) };
  }

  message(saved: SavedMessage): Message {
    switch (saved.kind) {
      case 'ingress':
        return saved;
      case 'request':
        return { kind: 'request', request: this.request(saved.request) };
      case 'response': {
        const { response } = saved;
        const receiver = this.canister(response.receiver);
        return { kind: 'response', response: { ...response, receiver } };
      }
      case 'raw-rand':
        return { ...saved, origin: this.origin(saved.origin) };
      case 'delayed': {
        const { rounds, answer } = saved;
        const request = this.request(answer.request);
        return { kind: 'delayed', rounds, answer: { ...answer, request } };
      }
    }
  }
}
