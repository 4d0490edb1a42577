import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 200;
/** Those who wait for a lock or hold one in this process. */
const own = new Set<string>();

/**
 * Runs `work` while no other process runs its own under the same lock. A lock whose process is gone is
 * taken over. For processes of one machine.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const id = `${process.pid}-${randomUUID()}`;
  const mine = `${path}.${id}`;
  own.add(id);
  try {
    writeFileSync(mine, id);
    while (!take(mine, path)) {
      const holder = holderOf(path);
      if (holder === null) continue;
      if (isAlive(holder) || !removeDead(path, holder, mine)) await sleep(LOOK_EVERY_MS);
    }
    try {
      return await work();
    } finally {
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
    own.delete(id);
  }
}

/**
 * Removes the lock of a dead process; false while another is at it. The right to do so is a lock of its own,
 * named after the dead: without it, who looked a moment ago would remove the lock of who took over since.
 */
function removeDead(path: string, dead: string, mine: string): boolean {
  const right = `${path}.${dead}.dead`;
  if (!take(mine, right)) {
    const holder = holderOf(right);
    return holder === null || (!isAlive(holder) && removeDead(right, holder, mine));
  }
  if (holderOf(path) === dead) {
    rmSync(path, { force: true });
    // What its link was made of.
    rmSync(`${path}.${dead}`, { force: true });
  }
  rmSync(right, { force: true });
  return true;
}

/** A link appears whole or not at all, so that nobody reads a lock that is half written. */
function take(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Who holds the lock; null where nobody does any more. */
function holderOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/**
 * Signal 0 only asks; another user's process answers with EPERM, and lives. Our own number proves nothing: in a
 * container every start gets the same, also the one after a death.
 */
function isAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return own.has(holder);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
