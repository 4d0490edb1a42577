import { max } from "drizzle-orm";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { asAdmin } from "../lib/admin.ts";
import { type Deployment, freshDeployment } from "../lib/database.ts";
import { type Goal, shown } from "../lib/goal.ts";
import { startPortal, untilReady } from "../lib/portal.ts";
import type { Server } from "../lib/server.ts";

const ROWS = 1_000_000;
/** SQLite takes 32,766 parameters a statement. */
const BATCH = 2_000;
const SAMPLE_MS = 50;
const RESIDENT_LIMIT_MB = 200;
const FIRST_BYTE_LIMIT_MS = 1_000;

/** Time and memory that the export of a long audit log takes, in both formats, over HTTP. */
export async function measureAuditExport(port: number): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  try {
    await fill(deployment);
    const ctx = await asAdmin(deployment.db);
    const { token } = await createManagementToken({ ctx, input: { name: "bench" } });
    const portal = await startPortal(deployment, port);
    try {
      await untilReady(portal);
      const runs = [];
      for (const format of ["jsonl", "csv"]) runs.push(await exportOnce(portal, token, format));
      return goalsOf(runs);
    } finally {
      await portal.stop();
    }
  } finally {
    await deployment.remove();
  }
}

/** Rows that are already sealed in the chain, so that the portal does not seal during the measurement. */
async function fill({ db, demo }: Deployment): Promise<void> {
  await sealAudit(db);
  const { t } = db.read;
  const [last] = await db.read.q.select({ chain: max(t.audit.chain) }).from(t.audit);
  const first = (last?.chain ?? 0) + 1;
  const firstAt = Date.now() - ROWS * 1_000;
  for (let from = 0; from < ROWS; from += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, n) => rowOf(demo.projects[0]?.id ?? "", from + n));
    await db.write(({ q }) =>
      q
        .insert(t.audit)
        .values(
          rows.map((row, n) => ({ ...row, at: firstAt + (from + n) * 1_000, chain: first + from + n })),
        ),
    );
  }
}

function rowOf(projectId: string, n: number) {
  return {
    id: `aud_bench${n}`,
    actorId: `usr_${n % 50}`,
    actorName: "Ada Okafor",
    via: "session",
    address: `198.51.100.${n % 250}`,
    action: "key.updated",
    projectId,
    subjectId: `key_${n % 5_000}`,
    subjectName: `checkout server ${n % 5_000}`,
    before: { name: `checkout ${n}`, limits: { rate: null, quota: null } },
    after: { name: `checkout server ${n}`, limits: { rate: { limit: 100, windowSeconds: 60 }, quota: null } },
    hash: n.toString(16).padStart(64, "0"),
  };
}

interface Exported {
  format: string;
  firstByteMs: number;
  seconds: number;
  lines: number;
  megabytes: number;
  /** Maximum of the process that writes the file. */
  exporterMb: number;
  /** Of the portal: before the export, and the maximum during it. */
  restingMb: number;
  residentMb: number;
}

async function exportOnce(portal: Server, token: string, format: string): Promise<Exported> {
  const restingMb = portal.residentMb() ?? 0;
  let residentMb = restingMb;
  let exporterMb = 0;
  const watch = setInterval(() => {
    residentMb = Math.max(residentMb, portal.residentMb() ?? 0);
    exporterMb = Math.max(exporterMb, portal.childResidentMb());
  }, SAMPLE_MS);
  try {
    const startedAt = performance.now();
    const response = await fetch(`${portal.url}/api/v1/audit/export?format=${format}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!response.ok || !response.body) throw new Error(`the export answered ${response.status}`);
    let [firstByteMs, lines, bytes] = [0, 0, 0];
    for await (const part of response.body) {
      if (bytes === 0) firstByteMs = performance.now() - startedAt;
      bytes += part.byteLength;
      for (const byte of part) if (byte === NEW_LINE) lines++;
    }
    if (lines < ROWS) throw new Error(`the export has only ${lines} lines`);
    const seconds = (performance.now() - startedAt) / 1_000;
    return { format, firstByteMs, seconds, lines, megabytes: bytes / 1e6, exporterMb, restingMb, residentMb };
  } finally {
    clearInterval(watch);
  }
}

const NEW_LINE = 10;

function goalsOf(runs: readonly Exported[]): Goal[] {
  const details = runs.map(
    ({ format, lines, megabytes, seconds, firstByteMs, exporterMb, restingMb, residentMb }) =>
      `${format}: ${shown(lines)} lines, ${shown(megabytes)} MB in ${shown(seconds)} s, first byte after ${shown(firstByteMs)} ms; the exporting process uses ${shown(exporterMb)} MB at most, the portal ${shown(restingMb)} before and ${shown(residentMb)} at most`,
  );
  const goal = { is: "at most" as const };
  const title = `Audit export of ${shown(ROWS)} rows`;
  return [
    {
      ...goal,
      name: `${title}: maximum memory of the exporting process`,
      measured: Math.max(...runs.map(({ exporterMb }) => exporterMb)),
      limit: RESIDENT_LIMIT_MB,
      unit: "MB",
      details,
    },
    {
      ...goal,
      name: `${title}: first byte`,
      measured: Math.max(...runs.map(({ firstByteMs }) => firstByteMs)),
      limit: FIRST_BYTE_LIMIT_MS,
      unit: "ms",
      details: [],
    },
  ];
}
