import type { Db } from "#db/open.ts";
import type { Settings } from "#platform/settings.ts";
import type { SharedReplies } from "./check/shared-replies.ts";
import type { FeedPosition } from "./feed/change-feed.ts";
import type { Journal } from "./journal/journal.ts";
import type { Limiter } from "./limits/limiter.ts";

/** What an engine is composed of. `composeEngine` sets it for verifier and portal. */
export interface EngineOptions {
  db: Db;
  /** Only for the change feed, so that load on `db` can't delay it. Defaults to `db`. */
  feedDb?: Db;
  /** Where to listen for changes. Defaults to the database of `db`. */
  listenUrl?: string | undefined;
  settings: Pick<Settings, "keyPrefix" | "staleMaxSeconds" | "cacheKeys" | "cacheBytes"> &
    Partial<Pick<Settings, "formerKeyPrefixes" | "importHmacSecrets">>;
  journal: Journal;
  limiter: Limiter;
  sharedReplies?: SharedReplies | null;
  /** Epoch ms. */
  now?: () => number;
  /** Monotonic, ms. */
  clock?: () => number;
  /** Epoch ms by this machine's own clock, which goes on while it sleeps. If only `clock` is given, that never sleeps. */
  wall?: () => number;
  /** Called when the feed becomes unavailable, and with null when it is available again. */
  onFeedHealth?: (error: unknown | null) => void;
  /** Called with the feed position up to which changes are applied. */
  onApplied?: (position: FeedPosition) => void;
}
