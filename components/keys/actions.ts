import type { LeakAction } from "#domain/access/policies/schema.ts";
import type { FirstCall } from "#domain/catalog/reference/first-call.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { Key, KeysChanged, KeyUpdate, KeyWithSecret, NewKey } from "#domain/keys/schema.ts";
import type { RecentTraffic } from "#domain/usage/schema.ts";

interface KeyRef {
  projectId: string;
  keyId: string;
}

/** A new secret and its key. */
export interface NewSecret extends KeyWithSecret {
  /** Calls to try it with, one for each API. Missing in the result of an attempt whose response was lost. */
  calls?: FirstCall[];
}

/** The server actions of keys, passed in by the page: components never import an action. */
export interface KeyActions {
  create: (input: NewKey, key: string) => Promise<ActionResult<NewSecret>>;
  update: (input: KeyUpdate) => Promise<ActionResult<Key>>;
  revoke: (input: KeyRef) => Promise<ActionResult<Key>>;
  restore: (input: KeyRef) => Promise<ActionResult<Key>>;
  recentTraffic: (input: KeyRef) => Promise<ActionResult<RecentTraffic>>;
}

/** The server actions with which owners decide on a key that waits for an approval. */
export interface ApprovalActions {
  approve: (input: KeyRef) => Promise<ActionResult<Key>>;
  decline: (input: KeyRef & { reason: string }) => Promise<ActionResult<Key>>;
}

/** The server actions of a key's secrets, passed in by the page. */
export interface SecretActions extends Pick<KeyActions, "revoke" | "recentTraffic"> {
  rotate: (
    input: KeyRef & { overlapSeconds: number; endOlder?: boolean; replaceUnseen?: boolean },
    key: string,
  ) => Promise<ActionResult<NewSecret>>;
  endSecret: (input: KeyRef & { secretId: string }) => Promise<ActionResult<Key>>;
  changeEnd: (input: KeyRef & { secretId: string; lapsesAt: string }) => Promise<ActionResult<Key>>;
}

/** A key that can be selected. */
export interface SelectableKey {
  id: string;
  name: string;
}

interface SelectedKeys {
  projectId: string;
  keyIds: string[];
}

/** The server actions for the keys that a user has selected. */
export interface SelectionActions {
  revoke: (input: SelectedKeys & { action: "revoke" }) => Promise<ActionResult<KeysChanged>>;
  change: (
    input: SelectedKeys & { action: "disable" | "tag"; addTags?: string[]; removeTags?: string[] },
  ) => Promise<ActionResult<KeysChanged>>;
}

export type RowActions = Pick<KeyActions, "update" | "revoke" | "restore" | "recentTraffic">;

export interface KeyRowMenuProps {
  subject: Pick<Key, "id" | "projectId" | "name" | "status"> & {
    /** The site's policy for leaked keys when a secret of this key that has not lapsed was found in public; else null. */
    leaked: LeakAction | null;
    /** Why the reader may not reactivate it, and who can; null when they may. */
    blocked: string | null;
  };
  /** Names the button and its menu. */
  label: string;
  /** Whether the reader may change keys. */
  mayChange: boolean;
  actions: RowActions;
}
