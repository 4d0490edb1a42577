import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { readThrough } from "#engine/cache/read-through.ts";
import { withLock } from "#platform/lock.ts";
import { makeDirectory } from "#platform/make-directory.ts";
import { readIfExists } from "#platform/read-if-exists.ts";
import type { Settings } from "#platform/settings.ts";

type SecretSettings = Pick<Settings, "authSecret" | "acceptedAuthSecrets" | "dataDir">;

export interface AuthSecrets {
  /** Signs sessions and seals secrets. */
  current: string;
  /** What was signed or sealed with one of these is accepted too. */
  accepted: readonly string[];
}

const newSecret = () => randomBytes(32).toString("base64url");
const secretPath = (dataDir: string) => join(dataDir, "auth-secret");
/** One secret per line, the latest first. */
const formerPath = (dataDir: string) => join(dataDir, "auth-secret.former");

/**
 * The secret that signs sessions: the setting, or (SQLite) a secret that is generated once and stored in the
 * data directory, readable by its owner only. With the secrets that are accepted besides it.
 */
export function readAuthSecrets(settings: SecretSettings): AuthSecrets {
  const { authSecret, acceptedAuthSecrets, dataDir } = settings;
  if (authSecret !== undefined) return { current: authSecret, accepted: acceptedAuthSecrets };
  const current = readThrough(secretPath(dataDir), newSecret);
  return { current, accepted: [...acceptedAuthSecrets, ...readFormer(dataDir)] };
}

/**
 * Replaces the stored secret. The former one stays accepted until `forgetFormerSecrets`. Returns false if no secret is
 * stored. A crash between the two writes leaves the old secret in both files, which changes nothing.
 */
export async function rotateStoredSecret(dataDir: string): Promise<boolean> {
  return withLock(`${secretPath(dataDir)}.lock`, async () => {
    const current = readIfExists(secretPath(dataDir));
    if (current === null) return false;
    const former = [...new Set([current, ...readFormer(dataDir)])];
    replaceFile(formerPath(dataDir), former.map((secret) => `${secret}\n`).join(""));
    replaceFile(secretPath(dataDir), newSecret());
    return true;
  });
}

/**
 * Stores secrets of a backup. If another secret is stored already, it stays the current one and those of the backup are
 * accepted too.
 */
export async function adoptSecrets(dataDir: string, { current, accepted }: AuthSecrets): Promise<void> {
  makeDirectory(dataDir);
  await withLock(`${secretPath(dataDir)}.lock`, async () => {
    const stored = readIfExists(secretPath(dataDir));
    const known = new Set([current, ...accepted, ...readFormer(dataDir)]);
    known.delete(stored ?? current);
    if (known.size > 0) replaceFile(formerPath(dataDir), [...known].map((secret) => `${secret}\n`).join(""));
    if (stored === null) replaceFile(secretPath(dataDir), current);
  });
}

/**
 * Stops accepting former stored secrets from the next start on. Returns how many there were; null, and nothing is
 * changed, if the last rotation is younger than `minAgeMs`.
 */
export function forgetFormerSecrets(
  dataDir: string,
  { minAgeMs, nowMs }: { minAgeMs: number; nowMs: number },
): number | null {
  const count = readFormer(dataDir).length;
  if (count === 0) return 0;
  if (nowMs - statSync(formerPath(dataDir)).mtimeMs < minAgeMs) return null;
  rmSync(formerPath(dataDir), { force: true });
  return count;
}

function readFormer(dataDir: string): string[] {
  return (readIfExists(formerPath(dataDir)) ?? "").split("\n").filter((secret) => secret !== "");
}

/** Readers see the old or the new text, even after a power cut. */
function replaceFile(path: string, text: string): void {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  const fd = openSync(draft, "wx", 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(draft, path);
}
