import { existsSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { fileErrorReason } from "#platform/file-errors.ts";
import { CliError } from "../output.ts";
import { sha256Of } from "./files.ts";
import { TABLES, type TableCopy } from "./tables.ts";

const FORMAT = 1;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  /** The version that wrote the backup. */
  version: z.string(),
  /** The moment that the backup shows, epoch ms. */
  takenAt: z.number().int(),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number().int().nonnegative(),
      sha256,
    }),
  ),
  /** Answers that were not counted yet. */
  journal: z.array(z.object({ name: z.string().regex(/^[\w-]{1,80}\.(open|closed)$/), sha256 })),
  /** Of the sealed auth secrets; null if they are not included. */
  authSecret: sha256.nullable(),
});

export type Manifest = z.infer<typeof manifestSchema>;

const manifestPath = (dir: string) => join(dir, "manifest.json");
export const tablePath = (dir: string, name: string) => join(dir, "tables", `${name}.jsonl.gz`);
export const journalPath = (dir: string, name: string) => join(dir, "journal", name);
export const authSecretPath = (dir: string) => join(dir, "auth-secret.sealed");

export async function writeManifest(dir: string, manifest: Omit<Manifest, "format">): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, ...manifest }, null, 2)}\n`;
  await writeFile(manifestPath(dir), text, { mode: 0o600, flag: "wx", flush: true });
}

/** Reads the manifest and checks that this version can restore the backup and that every file is unchanged. */
export async function readBackup(dir: string): Promise<Manifest> {
  const text = await readFile(manifestPath(dir), "utf8").catch((error: unknown) => {
    throw new CliError(unreadableManifestText(dir, error));
  });
  let parsed: z.ZodSafeParseResult<Manifest>;
  try {
    parsed = manifestSchema.safeParse(JSON.parse(text));
  } catch {
    throw new CliError(`${dir}/manifest.json is damaged`);
  }
  if (!parsed.success) throw new CliError(`${dir}/manifest.json is damaged or of an unknown format`);
  const manifest = parsed.data;
  requireSameSchema(manifest);
  for (const { name, sha256 } of manifest.tables) await requireUnchanged(tablePath(dir, name), sha256);
  for (const { name, sha256 } of manifest.journal) await requireUnchanged(journalPath(dir, name), sha256);
  if (manifest.authSecret !== null) await requireUnchanged(authSecretPath(dir), manifest.authSecret);
  return manifest;
}

function unreadableManifestText(dir: string, error: unknown): string {
  if (!existsSync(dir)) return `${dir} does not exist`;
  if (!statSync(dir).isDirectory()) return `${dir} is a file, and a backup is a directory`;
  const reason = fileErrorReason(error) ?? "unknown reason";
  return `${dir} is not a complete backup: manifest.json can't be read: ${reason}`;
}

function requireSameSchema({ tables, version }: Manifest): void {
  const shape = (table: { name: string; columns: readonly string[] }) =>
    `${table.name}(${table.columns.join()})`;
  const inBackup = new Set(tables.map(shape));
  const ours = TABLES.map((table) => shape({ name: table.name, columns: columnNames(table) }));
  if (ours.length === tables.length && ours.every((table) => inBackup.has(table))) return;
  throw new CliError(
    `the backup was written by Latchkey ${version}, whose schema differs; restore it with that version, then upgrade`,
  );
}

export const columnNames = (table: TableCopy) => table.columns.map(({ name }) => name);

async function requireUnchanged(path: string, expected: string): Promise<void> {
  const found = await sha256Of(path).catch((error: unknown) => {
    throw new CliError(
      `the backup is damaged: ${path} can't be read: ${fileErrorReason(error) ?? "unknown reason"}`,
    );
  });
  if (found !== expected) throw new CliError(`the backup is damaged: ${path} has another checksum`);
}
