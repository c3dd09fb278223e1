import Nat32 "mo:core/Nat32";
/// The mission's own index design in Motoko: records by id, and a list of ids for each user.
import Map "mo:core/Map";
import List "mo:core/List";
import Principal "mo:core/Principal";
import Nat "mo:core/Nat";
import Array "mo:core/Array";

persistent actor {
  public type Contract = {
    id : Principal; number : Nat32; owner : Principal; name : Text; status : Text; isPublic : Bool;
    managed : Bool; version : Text; moduleHash : Blob; createdAt : Nat64;
  };

  let contracts = Map.empty<Nat, Contract>();
  let byUser = Map.empty<Principal, List.List<Nat>>();

  func listOf(user : Principal) : List.List<Nat> {
    switch (Map.get(byUser, Principal.compare, user)) {
      case (?list) list;
      case null {
        let list = List.empty<Nat>();
        Map.add(byUser, Principal.compare, user, list);
        list
      };
    }
  };

  /// Contracts of these numbers for one user.
  public func fill(user : Principal, from : Nat, count : Nat, sample : Contract) : async () {
    let list = listOf(user);
    var number = from;
    while (number < from + count) {
      Map.add(contracts, Nat.compare, number, { sample with number = Nat32.fromNat(number) });
      List.add(list, number);
      number += 1;
    };
  };

  /// Puts contracts that exist into a user's list.
  public func add(user : Principal, from : Nat, count : Nat) : async () {
    var number = from;
    while (number < from + count) {
      List.add(listOf(user), number);
      number += 1;
    };
  };

  /// The newest `limit` contracts of a user below `cursor` of them.
  public query func getMyContracts(user : Principal, limit : Nat) : async [Contract] {
    switch (Map.get(byUser, Principal.compare, user)) {
      case null [];
      case (?list) {
        let size = List.size(list);
        let count = Nat.min(limit, size);
        Array.tabulate<Contract>(count, func(index) {
          switch (Map.get(contracts, Nat.compare, List.at(list, size - 1 - index))) {
            case (?contract) contract;
            case null { assert false; loop {} };
          }
        })
      };
    }
  };

  public query func read() : async () {};
  public func write() : async () {};
}
