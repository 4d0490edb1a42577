import type { Db } from "#db/open.ts";
import type { ChangeFeed, FeedPosition } from "../feed/change-feed.ts";
import { type FeedRow, PAGE, readFrom, readInGaps } from "../feed/feed-rows.ts";
import { MAX_GAPS, opaqueId, type SyncPosition } from "./protocol.ts";

/** A service that has missed more pages of changes than this drops its facts instead. */
const MAX_PAGES = 10;

/** The feed's position as services get it; null if they could not resume from it. */
export function positionOf(
  feed: Pick<ChangeFeed, "newest"> & { position: FeedPosition },
): SyncPosition | null {
  const { newest, position } = feed;
  if (newest === null || position.gaps.length > MAX_GAPS) return null;
  return {
    seq: position.seq,
    gaps: position.gaps.map(([first, last]) => [first, last]),
    row: identityOf(newest),
  };
}

/** Whether nothing was applied between the two. */
export function isSamePosition(a: SyncPosition, b: SyncPosition): boolean {
  const hasGap = ([first, last]: [number, number], at: number) =>
    b.gaps[at]?.[0] === first && b.gaps[at]?.[1] === last;
  return a.seq === b.seq && a.row === b.row && a.gaps.length === b.gaps.length && a.gaps.every(hasGap);
}

function identityOf({ subject, at }: FeedRow): string {
  return opaqueId(`${subject} ${at}`);
}

/** Blinded subjects of all changes since `position`; null if they are not known anymore. */
export async function changesSince(db: Db, position: SyncPosition): Promise<string[] | null> {
  const changed = new Set<string>();
  let from = position.seq;
  for (let page = 0; page < MAX_PAGES; page++) {
    const rows = await readFrom(db, from);
    const [first] = rows;
    if (page === 0 && (first?.seq !== position.seq || identityOf(first) !== position.row)) return null;
    for (const { subject } of rows) changed.add(opaqueId(subject));
    if (rows.length < PAGE) return [...changed, ...(await changesInGaps(db, position))];
    from = rows.at(-1)?.seq ?? from;
  }
  return null;
}

async function changesInGaps(db: Db, { gaps }: SyncPosition): Promise<string[]> {
  const rows = await readInGaps(
    db,
    gaps.map(([first, last]) => ({ first, last, noticedAt: 0 })),
  );
  return rows.map(({ subject }) => opaqueId(subject));
}
