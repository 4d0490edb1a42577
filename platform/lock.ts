import { randomUUID } from "node:crypto";
import { linkSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./error-code.ts";
import { isListening, openLivenessSocket } from "./liveness-socket.ts";
import { makeDirectory } from "./make-directory.ts";
import { readIfExists } from "./read-if-exists.ts";

const POLL_INTERVAL_MS = 200;
/** The process id, for people, and what makes the id unique. */
const ID = /^\d+-[\da-f-]{36}$/;
/** The holder of a lock without an id, which a power failure damaged. */
const NOBODY = "nobody";

/**
 * Runs `work` while holding the lock file at `path`. Waits while another process of this machine holds it, also one in
 * another container, and takes over the lock of a process that has ended. Stops waiting and rejects when `signal`
 * aborts.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const dir = dirname(path);
  makeDirectory(dir, 0o777);
  const id = `${process.pid}-${randomUUID()}`;
  const mine = `${path}.${id}`;
  // Listens before others can read the id.
  const alive = await openLivenessSocket(dir, socketName(id), id);
  try {
    writeFileSync(mine, id);
    while (!take(mine, path)) {
      signal?.throwIfAborted();
      const holder = holderOf(path);
      if (holder === null) continue;
      if ((await isAlive(dir, holder)) || !(await removeDead(path, holder, mine)))
        await sleep(POLL_INTERVAL_MS);
    }
    try {
      return await work();
    } finally {
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
    await alive.close();
  }
}

/**
 * Removes the lock of a dead process; false while another process does so. A second lock, named after the dead holder,
 * guards the removal: without it, a slow process could remove the lock of the process that took over.
 */
async function removeDead(path: string, dead: string, mine: string): Promise<boolean> {
  const dir = dirname(path);
  const removalLock = `${path}.${dead}.dead`;
  if (!take(mine, removalLock)) {
    const holder = holderOf(removalLock);
    if (holder === null) return true;
    return !(await isAlive(dir, holder)) && (await removeDead(removalLock, holder, mine));
  }
  if (holderOf(path) === dead) {
    rmSync(path, { force: true });
    // The file that the lock was linked to.
    rmSync(`${path}.${dead}`, { force: true });
    rmSync(join(dir, socketName(dead)), { force: true });
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
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** The id of the lock's holder; null if it is free. */
function holderOf(path: string): string | null {
  const id = readIfExists(path);
  return id === null || ID.test(id) ? id : NOBODY;
}

/** The socket on which the process with this id listens while it holds or awaits a lock. */
const socketName = (id: string) => `${id}.sock`;

/** Whether the process that wrote this id holds or awaits a lock. */
async function isAlive(dir: string, holder: string): Promise<boolean> {
  return holder !== NOBODY && isListening(dir, socketName(holder), holder);
}
