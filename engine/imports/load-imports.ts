import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { SlowAlgorithm } from "#core/imported-hash.ts";
import type { DeclaredShape, HashAlgorithm, PendingLookup, TokenShape } from "#core/token-shape.ts";
import type { Db } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";

/** A secret that was imported and has not been used since. */
export interface ImportCandidate {
  secretId: string;
  /** Epoch ms. */
  importedAt: number;
  /** The slow hash to compare the token with; null if the digest that found it is proof enough. */
  slow: { algorithm: SlowAlgorithm; value: string } | null;
}

/** Orders imports by age: of several imports of one token, the oldest has it. The same in every process. */
export function compareImports(
  one: Pick<ImportCandidate, "secretId" | "importedAt">,
  other: Pick<ImportCandidate, "secretId" | "importedAt">,
): number {
  return one.importedAt - other.importedAt || (one.secretId < other.secretId ? -1 : 1);
}

/** Secrets that one digest finds, and which it is. */
export interface Candidates {
  digest: string;
  all: readonly ImportCandidate[];
}

/** The shapes of all projects, each once. */
export async function loadShapes({ read: { q, t } }: Db): Promise<DeclaredShape[]> {
  const { projects, tokenShapes } = t;
  const rows = await q
    .select({
      prefix: tokenShapes.prefix,
      minLength: tokenShapes.minLength,
      maxLength: tokenShapes.maxLength,
      pending: tokenShapes.pending,
    })
    .from(tokenShapes)
    .innerJoin(projects, eq(projects.id, tokenShapes.projectId))
    .where(isNull(projects.deletedAt))
    .orderBy(asc(tokenShapes.createdAt), asc(tokenShapes.id));
  const merged = new Map<string, TokenShape & { pending: Set<PendingLookup> }>();
  for (const { pending, ...shape } of rows) {
    const name = JSON.stringify([shape.prefix, shape.minLength, shape.maxLength]);
    const known = merged.get(name) ?? { ...shape, pending: new Set() };
    for (const lookup of pending) known.pending.add(lookup);
    merged.set(name, known);
  }
  return [...merged.values()].map(({ pending, ...shape }) => ({ ...shape, pending: [...pending] }));
}

/** The candidates of each digest. Digests without any are left out. */
export async function loadCandidates(
  { read }: Db,
  digests: readonly string[],
): Promise<Map<string, Candidates>> {
  const { importedSecrets } = read.t;
  const rows = await read.q
    .select({
      secretId: importedSecrets.secretId,
      importedAt: importedSecrets.importedAt,
      digest: importedSecrets.digest,
      algorithm: importedSecrets.algorithm,
      value: importedSecrets.value,
    })
    .from(importedSecrets)
    .where(and(isNotNull(importedSecrets.digest), oneOf(read, importedSecrets.digest, digests)));
  const found = new Map<string, Candidates>();
  for (const [digest, same] of Map.groupBy(rows, (row) => row.digest ?? "")) {
    found.set(digest, {
      digest,
      all: same.map(({ secretId, importedAt, algorithm, value }) => ({
        secretId,
        importedAt,
        slow: slowHash(algorithm, value),
      })),
    });
  }
  return found;
}

function slowHash(algorithm: HashAlgorithm | null, value: string | null): ImportCandidate["slow"] {
  if (value === null) return null;
  if (algorithm === "bcrypt" || algorithm === "argon2id" || algorithm === "scrypt")
    return { algorithm, value };
  throw new Error("an imported hash of an unknown algorithm");
}
