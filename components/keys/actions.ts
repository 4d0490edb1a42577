import type { Restrictions } from "#core/restrictions/types.ts";
import type { Environment } from "#core/verdict.ts";
import type { Key, KeyWithSecret } from "#domain/keys/types.ts";
import type { ActionResult } from "#domain/result.ts";
import type { RecentTraffic } from "#domain/usage/types.ts";

interface KeyRef {
  projectId: string;
  keyId: string;
}

/** What the pages of keys can do, handed in by the page: components never import an action. */
export interface KeyActions {
  create: (input: NewKeyInput, key: string) => Promise<ActionResult<KeyWithSecret>>;
  update: (input: KeyRef & KeyChanges) => Promise<ActionResult<Key>>;
  revoke: (input: KeyRef) => Promise<ActionResult<Key>>;
  restore: (input: KeyRef) => Promise<ActionResult<Key>>;
  recentTraffic: (input: KeyRef) => Promise<ActionResult<RecentTraffic>>;
}

export interface NewKeyInput {
  projectId: string;
  name: string;
  environment: Environment;
  expiresAt: string | null;
  restrictions: Restrictions;
}

export interface KeyChanges {
  name?: string;
  enabled?: boolean;
  expiresAt?: string | null;
}
