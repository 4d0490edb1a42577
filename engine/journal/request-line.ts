import type { Client } from "#core/client.ts";

/** What the list of requests shows about one besides its journal entry. Secrets are redacted. */
export interface RequestLine {
  requestId: string;
  client: Client;
}

/** The first characters of such a line. An entry begins with a digit. */
const MARK = "request\t";

/**
 * Returns the line that precedes an entry whose request is listed. Readers of earlier versions ignore it, as they do
 * every line that is not an entry.
 */
export function writeRequestLine({ requestId, client }: RequestLine): string {
  const { clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId } = client;
  const fields = [clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId];
  return `${MARK}${JSON.stringify([requestId, fields])}\n`;
}

/** Whether a line of the journal says something about the entry that follows it. */
export function isRequestLine(line: string): boolean {
  return line.startsWith(MARK);
}

/** Parses such a line. Null if it is invalid: the entry is counted anyway. */
export function readRequestLine(line: string): RequestLine | null {
  try {
    const [requestId, fields] = JSON.parse(line.slice(MARK.length)) as [unknown, unknown];
    if (typeof requestId !== "string" || !Array.isArray(fields)) return null;
    const values: (string | null)[] = fields.map((field) => (typeof field === "string" ? field : null));
    const [clientIp = null, referrer = null, origin = null, ...apps] = values;
    const [androidPackage = null, androidCertSha1 = null, iosBundleId = null] = apps;
    const client = { clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId };
    return { requestId, client };
  } catch {
    return null;
  }
}
