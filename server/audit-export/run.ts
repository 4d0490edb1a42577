import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { AuditPlan } from "#domain/audit/export-chunks.ts";
import { DomainError } from "#domain/errors.ts";
import { projectRoot, shared } from "#platform/shared.ts";

/** What the process is told. It holds the database's password, and goes by standard input: arguments can be seen. */
export interface ExportOrder {
  databaseUrl: string;
  plan: AuditPlan;
}

/** Of V8's memory, MB. A page of rows needs a few; with more it would only collect its garbage later. */
const MEMORY = ["--max-semi-space-size=2", "--max-old-space-size=64"];
/** Files at once, of all askers and of one: nobody who reads slowly keeps others from their files. */
const AT_ONCE = 4;
const AT_ONCE_EACH = 2;
const RETRY_MS = 30_000;
/** Whoever takes nothing for so long loses the file. */
const STALLED_MS = 60_000;
const SAID_MOST = 2_000;

/** For whom each running export makes its file. */
const running = () => shared("auditExports", () => [] as string[]);

/** Throws `too-many` while so many files are being made, in all or for this asker, that there is no room for another. */
export function requireRoom(askerId: string): void {
  const all = running();
  const own = all.filter((id) => id === askerId).length;
  if (all.length < AT_ONCE && own < AT_ONCE_EACH) return;
  const whose = own < AT_ONCE_EACH ? "Other" : "Your other";
  throw new DomainError("too-many", `${whose} exports are running. Try again in half a minute.`, {
    retryAfterMs: RETRY_MS,
  });
}

function endRun(askerId: string): void {
  const all = running();
  all.splice(all.indexOf(askerId), 1);
}

/**
 * The file's bytes, made by a process of its own: a database file is read on the thread that asks, and a long
 * log would keep the portal from all else, and its memory would never come back. Throws when it is not whole.
 */
export async function* exportInOwnProcess(
  order: ExportOrder,
  askerId: string,
  stalledMs = STALLED_MS,
): AsyncGenerator<Uint8Array> {
  requireRoom(askerId);
  running().push(askerId);
  const child = spawn(process.execPath, [...MEMORY, join(projectRoot(), "server/audit-export/main.ts")], {
    stdio: "pipe",
    env: { ...process.env, MALLOC_ARENA_MAX: "2" },
  });
  const ended = once(child, "exit").finally(() => endRun(askerId));
  // It may end, or never begin, while nobody waits for that.
  ended.catch(() => {});
  child.stdin.on("error", () => {}).end(JSON.stringify(order));
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said = (said + chunk).slice(-SAID_MOST);
  });
  let stalled: NodeJS.Timeout | undefined;
  try {
    for await (const chunk of child.stdout) {
      stalled = setTimeout(() => child.kill("SIGKILL"), stalledMs);
      yield chunk;
      clearTimeout(stalled);
    }
    const [code, signal] = await ended;
    if (code !== 0) throw new Error(`the export ended with ${signal ?? code}: ${said}`);
  } finally {
    clearTimeout(stalled);
    child.kill("SIGKILL");
  }
}
