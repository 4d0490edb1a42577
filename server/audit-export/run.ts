import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { AuditPlan } from "#domain/audit/parts.ts";
import { DomainError } from "#domain/errors.ts";
import { projectRoot, shared } from "../shared.ts";

/** What the process is told. It holds the database's password, and goes by standard input: arguments can be seen. */
export interface ExportOrder {
  databaseUrl: string;
  plan: AuditPlan;
}

/** Of V8's memory, MB. A page of rows needs a few; with more it would only collect its garbage later. */
const MEMORY = ["--max-semi-space-size=2", "--max-old-space-size=64"];
/** Files at once. */
const AT_ONCE = 4;
const RETRY_MS = 30_000;
/** Nobody who takes nothing for so long keeps others from their files. */
const STALLED_MS = 60_000;
const SAID_MOST = 2_000;

const running = () => shared("auditExports", () => ({ count: 0 }));

/** Throws `too-many` while so many files are being made that there is no room for another. */
export function requireRoom(): void {
  if (running().count < AT_ONCE) return;
  throw new DomainError("too-many", "Other exports are running. Try again in half a minute.", {
    retryAfterMs: RETRY_MS,
  });
}

/**
 * The file's bytes, made by a process of its own: a database file is read on the thread that asks, and a long
 * log would keep the portal from all else, and its memory would never come back. Throws when it is not whole.
 */
export async function* exportInOwnProcess(
  order: ExportOrder,
  stalledMs = STALLED_MS,
): AsyncGenerator<Uint8Array> {
  requireRoom();
  running().count++;
  const child = spawn(process.execPath, [...MEMORY, join(projectRoot(), "server/audit-export/main.ts")], {
    stdio: "pipe",
    env: { ...process.env, MALLOC_ARENA_MAX: "2" },
  });
  const ended = once(child, "exit").finally(() => running().count--);
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
