import type { Change } from "./feed-rows.ts";

/** Receives what the engine learns from the change feed, after it has dropped those facts itself. */
export interface FeedFollower {
  changed(changes: readonly Change[]): void;
  /** Changes may have been missed. */
  lost(): void;
  /** All changes before `feed.confirmedAt` are known. */
  confirmed(): void;
}

/** Calls every follower. */
export class FeedFollowers extends Set<FeedFollower> implements FeedFollower {
  changed(changes: readonly Change[]): void {
    for (const follower of this) follower.changed(changes);
  }

  lost(): void {
    for (const follower of this) follower.lost();
  }

  confirmed(): void {
    for (const follower of this) follower.confirmed();
  }
}
