import type { Client } from "#core/client.ts";
import type { ObservationKind } from "#core/observations.ts";
import type { DenialCode, Environment, VerdictCode } from "#core/verdict.ts";

/** One answered check in the journal. Unknown values are "". Never contains a secret. */
export interface CheckEntry {
  atMs: number;
  code: VerdictCode;
  projectId: string;
  keyId: string;
  secretId: string;
  api: string;
  operation: string;
  environment: Environment | "";
  /** Units counted against limits: 0 for a denial. */
  units: number;
  /** How many equal answers the entry counts, each with these units; 1 by default. */
  count?: number;
  /** Where an allowed request came from. Null for a denial. */
  seen: Record<ObservationKind, string> | null;
  /** For an allowed request of a key with report-only restrictions: when they were set, and their verdict. */
  trial: { since: number; code: VerdictCode } | null;
  /** The details of a denial of a known key, by its restrictions or by its report-only restrictions. */
  details: DenialDetails | null;
}

/** What the list of denied requests shows about one. Secrets are redacted. */
export interface DenialDetails {
  code: DenialCode;
  observed: Record<string, string>;
  client: Client;
}

/** An entry read from the journal. The details of a denial are not parsed: most are never needed. */
export interface CountedEntry extends Omit<CheckEntry, "details" | "count"> {
  count: number;
  /** Parsed by `readDetails`; "" if there are none. */
  details: string;
}

/** The last field of every complete line. It is missing if the process died while it wrote the line. */
const END = ".";

/**
 * Returns an entry as a line of the journal. No field contains a tab or a line break: ids, slugs, codes and canonical
 * observations can't, operations with control characters are dropped, and JSON escapes them.
 */
export function writeLine({ seen, trial, details, count = 1, ...entry }: CheckEntry): string {
  const { atMs, code, projectId, keyId, secretId, api, operation, environment, units } = entry;
  const from = seen ? `${seen.address}\t${seen.origin}\t${seen.app}` : "\t\t";
  const reportOnly = trial ? `${trial.since}\t${trial.code}` : "\t";
  return `${atMs}\t${code}\t${projectId}\t${keyId}\t${secretId}\t${api}\t${operation}\t${environment}\t${from}\t${reportOnly}\t${details ? writeDetails(details) : ""}\t${units}\t${count === 1 ? "" : `${count}\t`}${END}\n`;
}

/** The number of fields in a line, including `END`. Lines of previous versions have fewer and are still counted. */
const FIELDS = 16;
const WITH_COUNT = 17;
const WITHOUT_UNITS = 15;
const WITHOUT_OBSERVATIONS = 9;

/** Parses a line. Null for a blank or incomplete one, whose check was never answered. */
export function readLine(line: string): CountedEntry | null {
  const fields = line.split("\t");
  const atMs = Number(fields[0]);
  if (fields.at(-1) !== END || !Number.isSafeInteger(atMs) || atMs <= 0) return null;
  if (![WITH_COUNT, FIELDS, WITHOUT_UNITS, WITHOUT_OBSERVATIONS].includes(fields.length)) return null;
  const [, code, projectId = "", keyId = "", secretId = "", api = "", operation = "", environment] = fields;
  const isValid = code === "VALID";
  const known = {
    atMs,
    projectId,
    keyId,
    secretId,
    api,
    operation,
    code: code as VerdictCode,
    environment: environment as Environment | "",
    // Before costs existed, every check counted as one unit.
    units: fields.length >= FIELDS ? Number(fields[14]) : Number(isValid),
    count: fields.length === WITH_COUNT ? Number(fields[15]) : 1,
  };
  if (fields.length === WITHOUT_OBSERVATIONS) return { ...known, seen: null, trial: null, details: "" };
  const [address = "", origin = "", app = "", since = "", trialCode, details = ""] = fields.slice(8);
  return {
    ...known,
    seen: isValid ? { address, origin, app } : null,
    trial: since === "" ? null : { since: Number(since), code: trialCode as VerdictCode },
    details,
  };
}

/** An array without field names: it makes up most of the journal during a flood of denials. */
function writeDetails({ code, observed, client }: DenialDetails): string {
  const { clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId } = client;
  return JSON.stringify([
    code,
    observed,
    [clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId],
  ]);
}

/** Parses details. Null if they are invalid: the check is still counted. */
export function readDetails(text: string): DenialDetails | null {
  try {
    const details = JSON.parse(text);
    // The previous version wrote an object with field names.
    if (!Array.isArray(details)) return details;
    const [code, observed, clientFields] = details;
    const [clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId] = clientFields;
    const client = { clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId };
    return { code, observed, client };
  } catch {
    return null;
  }
}
