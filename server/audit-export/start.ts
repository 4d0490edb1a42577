import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AuditFile } from "#domain/audit/export.ts";
import type { AuditPlan } from "#domain/audit/export-chunks.ts";
import { type Ctx, requireUser } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { processSingleton, projectRoot } from "#platform/process-singleton.ts";

/**
 * The input of the process. It contains the database password, so it is sent by standard input: arguments are visible
 * to other users.
 */
export interface ExportInput {
  databaseUrl: string;
  plan: AuditPlan;
}

/** V8's memory limits, MB. A page of rows needs a few; with more, V8 would only collect garbage later. */
const MEMORY = ["--max-semi-space-size=2", "--max-old-space-size=64"];
/** Concurrent exports in total and per user, so that slow readers can't block others. */
const AT_ONCE = 4;
const AT_ONCE_EACH = 2;
const RETRY_MS = 30_000;
/** A reader that reads nothing for this long loses the export. */
const STALLED_MS = 60_000;
const MAX_STDERR_CHARACTERS = 2_000;

/** The user of each running export. */
const running = () => processSingleton("auditExports", () => [] as string[]);

/** Throws `too-many` if no further export can start, in total or for this user. */
export function requireExportSlot(callerId: string): void {
  const all = running();
  const own = all.filter((id) => id === callerId).length;
  if (all.length < AT_ONCE && own < AT_ONCE_EACH) return;
  const whose = own < AT_ONCE_EACH ? "Other" : "Your other";
  throw new DomainError("too-many", `${whose} exports are running. Try again in half a minute.`, {
    retryAfterMs: RETRY_MS,
  });
}

function endRun(callerId: string): void {
  const all = running();
  all.splice(all.indexOf(callerId), 1);
}

/**
 * Generates the file in a separate process (`main.ts`): SQLite reads on the calling thread, so a long log would block the portal,
 * and its memory would not be returned. Throws if the file is incomplete.
 */
export async function* exportInOwnProcess(
  input: ExportInput,
  callerId: string,
  stalledMs = STALLED_MS,
): AsyncGenerator<Uint8Array> {
  requireExportSlot(callerId);
  running().push(callerId);
  const root = projectRoot();
  // Without it, loading Drizzle takes two thirds of the time until the first byte.
  const quickImport = ["--import", pathToFileURL(join(root, "db/quick-import.ts")).href];
  const program = join(root, "server/audit-export/main.ts");
  const child = spawn(process.execPath, [...MEMORY, ...quickImport, program], {
    stdio: "pipe",
    env: { ...process.env, MALLOC_ARENA_MAX: "2" },
  });
  const ended = once(child, "exit").finally(() => endRun(callerId));
  // It may exit, or fail to start, while nothing awaits it.
  ended.catch(() => {});
  child.stdin.on("error", () => {}).end(JSON.stringify(input));
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr = (stderr + chunk).slice(-MAX_STDERR_CHARACTERS);
  });
  let stalled: NodeJS.Timeout | undefined;
  try {
    for await (const chunk of child.stdout) {
      stalled = setTimeout(() => child.kill("SIGKILL"), stalledMs);
      yield chunk;
      clearTimeout(stalled);
    }
    const [code, signal] = await ended;
    if (code !== 0) throw new Error(`the export ended with ${signal ?? code}: ${stderr}`);
  } finally {
    clearTimeout(stalled);
    child.kill("SIGKILL");
  }
}

/** Generates the file. Throws `too-many` if too many exports are running. */
export function exportAuditFile(ctx: Ctx, { plan }: AuditFile): AsyncGenerator<Uint8Array> {
  const { userId } = requireUser(ctx);
  requireExportSlot(userId);
  return exportInOwnProcess({ databaseUrl: ctx.db.url, plan }, userId);
}
