import type { KeyLocation } from "#domain/catalog/reference/security.ts";

/** What the reader entered. */
export interface TryDraft {
  method: string;
  server: string;
  /** The template of the path: `/badges/{id}`. */
  path: string;
  parameters: { name: string; in: "path" | "query" | "header" | "cookie"; value: string }[];
  /** Lines of `Name: value`. */
  headers: string;
  body: { mediaType: string; text: string } | null;
  key: KeyLocation;
}

/** A request as it is sent, with the secret in its place. */
export interface PreparedRequest {
  method: string;
  url: string;
  headers: [name: string, value: string][];
  body: string | null;
}

/** The request with the secret. Throws an `Error` whose message says what is missing. */
export function prepareRequest(
  draft: TryDraft,
  secret: string,
  badHeader: (line: string) => string,
): PreparedRequest {
  const { method, server, key, body } = draft;
  const query = draft.parameters
    .filter((each) => each.in === "query" && each.value !== "")
    .map(({ name, value }): [string, string] => [name, value]);
  if (key.in === "query") query.push([key.name, secret]);
  const search = new URLSearchParams(query).toString();
  const headers: [string, string][] = [
    ...(key.in === "header" ? [[key.name, `${key.prefix}${secret}`] as [string, string]] : []),
    ...draft.parameters
      .filter((each) => each.in === "header" && each.value !== "" && !isSame(each.name, key.name))
      .map(({ name, value }): [string, string] => [name, value]),
    ...linesOf(draft.headers, badHeader),
  ];
  const hasBody = body !== null && body.text !== "" && method !== "GET" && method !== "HEAD";
  if (hasBody && !headers.some(([name]) => isSame(name, "content-type"))) {
    headers.push(["Content-Type", body.mediaType]);
  }
  return {
    method,
    url: `${server.replace(/\/+$/, "")}${filledPath(draft)}${search === "" ? "" : `?${search}`}`,
    headers,
    body: hasBody ? body.text : null,
  };
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function filledPath({ path, parameters }: TryDraft): string {
  const values = new Map(
    parameters.filter((each) => each.in === "path").map(({ name, value }) => [name, value]),
  );
  return path.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    // A value can be no other segment: dots alone would lead to another path.
    const value = encodeURIComponent((values.get(name) ?? "").toWellFormed());
    return /^\.{1,2}$/.test(value) ? value.replaceAll(".", "%2E") : value;
  });
}

function linesOf(text: string, badHeader: (line: string) => string): [string, string][] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) throw new Error(badHeader(line));
      return [name, value];
    });
}

/**
 * Whether a browser asks the API before it sends the request (a CORS preflight), so that a request that is not allowed
 * is not carried out: with an added header, or a method or media type that forms don't have.
 */
export function isPreflighted({ method, headers }: PreparedRequest): boolean {
  if (!["GET", "HEAD", "POST"].includes(method)) return true;
  return headers.some(([name, value]) => {
    if (!isSame(name, "content-type")) return !/^(accept|accept-language|content-language)$/i.test(name);
    return !/^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i.test(value);
  });
}

/** Whether sending the request twice changes nothing more (RFC 9110, section 9.2.1). */
export function isSafe(method: string): boolean {
  return ["GET", "HEAD", "OPTIONS", "QUERY"].includes(method);
}
