import type { Client } from "#core/client.ts";
import type { ObservationKind } from "#core/observations.ts";
import type { DenialCode, Environment, VerdictCode } from "#core/verdict.ts";

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
  /** What it took from limits: nothing, for a refusal. */
  units: number;
  /** With a check that passed: where it came from. */
  seen: Record<ObservationKind, string> | null;
  /** With a check that passed, of a key with a trial set: since when, and what that set would have said. */
  trial: { since: number; code: VerdictCode } | null;
  /** With a refusal of a known key, by its rules or by its trial set: what is told of it. */
  told: Told | null;
}

/** What the refusals' page tells of one, freed of secrets. */
export interface Told {
  code: DenialCode;
  observed: Record<string, string>;
  client: Client;
}

/** An entry as it is read back. What is told of a refusal stays as it was written: most is never looked at. */
export interface CountedEntry extends Omit<CheckEntry, "told"> {
  /** For `readTold`; empty where nothing is told. */
  told: string;
}

/** Ends every whole line: one that a death cut short lacks it. */
const END = ".";

/**
 * A line of the journal. No field holds a tab or a line break: ids, slugs, codes and canonical sightings can't,
 * operations are sieved, and JSON escapes them.
 */
export function writeLine({ seen, trial, told, ...entry }: CheckEntry): string {
  const { atMs, code, projectId, keyId, secretId, api, operation, environment, units } = entry;
  const from = seen ? `${seen.address}\t${seen.origin}\t${seen.app}` : "\t\t";
  const tried = trial ? `${trial.since}\t${trial.code}` : "\t";
  return `${atMs}\t${code}\t${projectId}\t${keyId}\t${secretId}\t${api}\t${operation}\t${environment}\t${from}\t${tried}\t${told ? writeTold(told) : ""}\t${units}\t${END}\n`;
}

/** Fields of a line, the end mark included; what versions before wrote has fewer, and counts all the same. */
const FIELDS = 16;
const WITHOUT_UNITS = 15;
const WITHOUT_SIGHTINGS = 9;

/** Reads a line back; null for a blank or torn one, whose answer never left. */
export function readLine(line: string): CountedEntry | null {
  const fields = line.split("\t");
  const atMs = Number(fields[0]);
  if (fields.at(-1) !== END || !Number.isSafeInteger(atMs) || atMs <= 0) return null;
  if (![FIELDS, WITHOUT_UNITS, WITHOUT_SIGHTINGS].includes(fields.length)) return null;
  const [, code, projectId = "", keyId = "", secretId = "", api = "", operation = "", environment] = fields;
  const isValid = code === "VALID";
  const known = {
    ...{ atMs, projectId, keyId, secretId, api, operation },
    code: code as VerdictCode,
    environment: environment as Environment | "",
    // Before there were costs, every check took one.
    units: fields.length === FIELDS ? Number(fields[14]) : Number(isValid),
  };
  if (fields.length === WITHOUT_SIGHTINGS) return { ...known, seen: null, trial: null, told: "" };
  const [address = "", origin = "", app = "", since = "", trialCode, told = ""] = fields.slice(8);
  return {
    ...known,
    seen: isValid ? { address, origin, app } : null,
    trial: since === "" ? null : { since: Number(since), code: trialCode as VerdictCode },
    told,
  };
}

/** Without names: a flood of refusals is mostly this. */
function writeTold({ code, observed, client }: Told): string {
  const { clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId } = client;
  return JSON.stringify([
    code,
    observed,
    [clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId],
  ]);
}

/** Null for what is none: the check still counts. */
export function readTold(text: string): Told | null {
  try {
    const told = JSON.parse(text);
    // The version before wrote the whole of it.
    if (!Array.isArray(told)) return told;
    const [code, observed, said] = told;
    const [clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId] = said;
    const client = { clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId };
    return { code, observed, client };
  } catch {
    return null;
  }
}
