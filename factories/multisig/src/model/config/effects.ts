/** What a change means outside the wallet's own state: its factory hears of it. */
export type Effect =
  | { readonly RoleAdded: RoleChange }
  | { readonly RoleRemoved: RoleChange }
  | { readonly Paused: boolean }
  | { readonly Visibility: boolean }
  | { readonly AutoUpdate: boolean };

/** A role that the factory indexes, and who got or lost it. */
export interface RoleChange {
  readonly role: 'signer' | 'observer';
  readonly user: Uint8Array;
}
