import { randomBytes } from "node:crypto";
import { link, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { STARTING_PREFIX } from "#engine/journal/lease.ts";
import { CLOSED_SUFFIX, OPEN_SUFFIX } from "#engine/journal/segments.ts";
import { errorCode } from "#platform/error-code.ts";
import { makeDirectory } from "#platform/make-directory.ts";
import { CliError } from "../output.ts";
import { copyHashed, syncDirectory } from "./files.ts";
import { journalPath, type Manifest } from "./manifest.ts";

/** The name keeps other processes from counting it. */
const LINKED = `${STARTING_PREFIX}backup-`;
const MAX_PASSES = 20;

/**
 * Segments of the journal that stay readable while a running verifier counts and deletes them. Every answer is either
 * in a snapshot of the database that is taken between two calls of `linkAll`, or in one of these segments; those that are
 * in both are counted once, because the database records the segments that it has counted.
 */
export class LinkedSegments {
  readonly #journal: string;
  readonly #folder: string;
  readonly #names = new Map<string, string>();

  constructor(dataDir: string) {
    this.#journal = join(dataDir, "journal");
    this.#folder = join(this.#journal, `${LINKED}${randomBytes(6).toString("hex")}`);
  }

  /** Links the segments that exist now. A link keeps the contents, also what is appended later. */
  async linkAll(): Promise<void> {
    for (let pass = 0; pass < MAX_PASSES; pass++) if (await this.#linkOnce()) return;
    throw new CliError(`the segments in ${this.#journal} change too fast; try again`);
  }

  /** False if a segment was renamed or deleted meanwhile: it may be there under another name. */
  async #linkOnce(): Promise<boolean> {
    let isComplete = true;
    for (const path of await segmentsBelow(this.#journal)) {
      const id = basename(path).replace(/\.(open|closed)$/, "");
      if (this.#names.has(id)) continue;
      makeDirectory(this.#folder);
      try {
        await link(path, join(this.#folder, id));
        this.#names.set(id, path.endsWith(OPEN_SUFFIX) ? `${id}${OPEN_SUFFIX}` : `${id}${CLOSED_SUFFIX}`);
      } catch (error) {
        if (errorCode(error) !== "ENOENT") throw error;
        isComplete = false;
      }
    }
    return isComplete;
  }

  /** Copies the segments into the backup. */
  async copyTo(dir: string): Promise<Manifest["journal"]> {
    const copied: Manifest["journal"] = [];
    for (const [id, name] of this.#names) {
      copied.push({ name, sha256: await copyHashed(join(this.#folder, id), journalPath(dir, name)) });
    }
    return copied;
  }

  /** Deletes the links, including those of a backup that was killed. */
  async release(): Promise<void> {
    for (const name of await namesIn(this.#journal)) {
      if (name.startsWith(LINKED)) await rm(join(this.#journal, name), { recursive: true, force: true });
    }
  }
}

async function namesIn(dir: string): Promise<string[]> {
  return readdir(dir).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  });
}

/** Puts the segments of a backup where no process counts them yet. Returns what makes them available. */
export async function stageSegments(
  dir: string,
  dataDir: string,
  segments: Manifest["journal"],
): Promise<{ publish: () => Promise<void>; discard: () => Promise<void> }> {
  const nothing = async () => {};
  if (segments.length === 0) return { publish: nothing, discard: nothing };
  const journal = join(dataDir, "journal");
  const id = `restored-${randomBytes(6).toString("hex")}`;
  const staged = join(journal, `${STARTING_PREFIX}${id}`);
  makeDirectory(staged);
  for (const { name } of segments) await copyHashed(journalPath(dir, name), join(staged, name));
  await syncDirectory(staged);
  return {
    // From then on it looks like the journal of a process that has ended.
    async publish() {
      await rename(staged, join(journal, id));
      await syncDirectory(journal);
    },
    discard: () => rm(staged, { recursive: true, force: true }),
  };
}

async function segmentsBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(dir, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(STARTING_PREFIX))
      found.push(...(await segmentsBelow(path)));
    else if (entry.isFile() && (entry.name.endsWith(OPEN_SUFFIX) || entry.name.endsWith(CLOSED_SUFFIX)))
      found.push(path);
  }
  return found;
}
