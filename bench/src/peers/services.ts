import { c, query, service, update, type Schema } from '@fabrica/core/candid';
import { ContractInfo } from '@fabrica/core';

/** The peers' interface; `count` is what they count in: Motoko in `nat`, azle in `nat32`. */
function peer(name: string, count: Schema) {
  return service(name, {
    fill: update([c.principal, count, count, ContractInfo], null),
    add: update([c.principal, count, count], null),
    getMyContracts: query([c.principal, count], c.vec(ContractInfo, { max: 200 })),
    read: query([], null),
    write: update([], null),
  });
}

export const MotokoPeer = peer('motoko', c.nat);
export const AzlePeer = peer('azle', c.nat32);
