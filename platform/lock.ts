import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeDirectory } from "./make-directory.ts";

const POLL_INTERVAL_MS = 200;
/** Ids of this process that hold or await a lock. */
const ownIds = new Set<string>();

/**
 * Runs `work` while holding the lock file at `path`. Waits while another process of this machine holds it, and takes
 * over the lock of a process that has ended. Stops waiting and rejects when `signal` aborts.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  makeDirectory(dirname(path), 0o777);
  const id = `${process.pid}-${randomUUID()}`;
  const mine = `${path}.${id}`;
  ownIds.add(id);
  try {
    writeFileSync(mine, id);
    while (!take(mine, path)) {
      signal?.throwIfAborted();
      const holder = holderOf(path);
      if (holder === null) continue;
      if (isAlive(holder) || !removeDead(path, holder, mine)) await sleep(POLL_INTERVAL_MS);
    }
    try {
      return await work();
    } finally {
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
    ownIds.delete(id);
  }
}

/**
 * Removes the lock of a dead process; false while another process does so. A second lock, named after the dead holder,
 * guards the removal: without it, a slow process could remove the lock of the process that took over.
 */
function removeDead(path: string, dead: string, mine: string): boolean {
  const removalLock = `${path}.${dead}.dead`;
  if (!take(mine, removalLock)) {
    const holder = holderOf(removalLock);
    return holder === null || (!isAlive(holder) && removeDead(removalLock, holder, mine));
  }
  if (holderOf(path) === dead) {
    rmSync(path, { force: true });
    // The file that the lock was linked to.
    rmSync(`${path}.${dead}`, { force: true });
  }
  rmSync(removalLock, { force: true });
  return true;
}

/** Creates the lock by a hard link, which is atomic: nobody reads a half-written lock. */
function take(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** The id of the lock's holder; null if it is free. */
function holderOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/**
 * Signal 0 only tests whether the process exists; EPERM means that it belongs to another user. The own process id
 * proves nothing, because in a container every start gets the same one.
 */
function isAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return ownIds.has(holder);
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
