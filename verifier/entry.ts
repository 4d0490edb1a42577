import type { Environment, VerdictCode } from "#core/verdict.ts";

/** One answered check, as the journal keeps it. Unknown facts are empty texts. Never a secret. */
export interface CheckEntry {
  atMs: number;
  code: VerdictCode;
  projectId: string;
  keyId: string;
  secretId: string;
  api: string;
  operation: string;
  environment: Environment | "";
}

/** Ends every whole line: one that a death cut short lacks it. */
const END = ".";

/** A line of the journal. No field holds a tab or a line break: ids, slugs and codes can't, operations are sieved. */
export function writeLine(entry: CheckEntry): string {
  return `${entry.atMs}\t${entry.code}\t${entry.projectId}\t${entry.keyId}\t${entry.secretId}\t${entry.api}\t${entry.operation}\t${entry.environment}\t${END}\n`;
}

/** Reads a line back; null for a blank or torn one, whose answer never left. */
export function readLine(line: string): CheckEntry | null {
  const [at, code, projectId, keyId, secretId, api, operation, environment, end, ...more] = line.split("\t");
  const atMs = Number(at);
  if (end !== END || more.length > 0 || !Number.isSafeInteger(atMs) || atMs <= 0) return null;
  return {
    atMs,
    code: code as VerdictCode,
    projectId: projectId ?? "",
    keyId: keyId ?? "",
    secretId: secretId ?? "",
    api: api ?? "",
    operation: operation ?? "",
    environment: environment as Environment | "",
  };
}
