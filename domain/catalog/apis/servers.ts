import { formatNumber } from "#core/format.ts";
import { cleanLine, truncate } from "#core/text.ts";
import { toObject } from "./read-json.ts";

/** What an OpenAPI document's `servers` say about the API's URLs. */
export interface ServersRead {
  /** The first URL with a host and without unresolved variables; null if there is none. */
  baseUrl: string | null;
  /** Path templates of all servers: `/v1`, `/api/{version}`. */
  basePaths: string[];
  /** What was assumed or is missing, as text for people. */
  notices: string[];
}

const MAX_SERVERS = 50;
/** The results for one server, by the values of its variables. */
const MAX_EXPANSIONS = 20;
const MAX_URL_LENGTH = 500;

/**
 * Parses a list of Server Objects (OpenAPI 3, section 4.8.5). Variables take their default or the values of their
 * `enum`. A variable with neither stays a parameter of the base path, and its URL is never displayed.
 */
export function readServers(servers: unknown): ServersRead {
  const read: ServersRead = { baseUrl: null, basePaths: [], notices: [] };
  if (servers === undefined || servers === null) return read;
  if (!Array.isArray(servers)) {
    read.notices.push("“servers” is not a list and was ignored.");
    return read;
  }
  if (servers.length > MAX_SERVERS) {
    read.notices.push(`It has ${formatNumber(servers.length)} servers; the first ${MAX_SERVERS} count.`);
  }
  const basePaths = new Set<string>();
  for (const entry of servers.slice(0, MAX_SERVERS)) readServer(toObject(entry), read, basePaths);
  read.basePaths = [...basePaths];
  return read;
}

function readServer(server: Record<string, unknown> | null, read: ServersRead, basePaths: Set<string>): void {
  const given = server?.url;
  if (typeof given !== "string" || given.length > MAX_URL_LENGTH) {
    read.notices.push("A server without a readable “url” was ignored.");
    return;
  }
  const url = cleanLine(given);
  const choices = choicesOf(url, toObject(server?.variables) ?? {});
  const shown =
    fill(url, new Map([...choices].map(([name, values]) => [name, values.slice(0, 1)])))[0] ?? url;
  const address = splitUrl(shown);
  for (const expanded of fill(url, choices)) {
    const path = basePathOf(splitUrl(expanded).path);
    if (path !== null && path !== "") basePaths.add(path);
  }
  const open = [...new Set(shown.match(/\{[^{}]*\}/g) ?? [])];
  if (open.length > 0) {
    const names = open.join(", ");
    read.notices.push(
      `The server “${url}” leaves ${names} open, without a default. Its address is not shown; in a path, any value matches.`,
    );
    return;
  }
  if (address.host === null) {
    const path = basePathOf(address.path) || "/";
    read.notices.push(
      `The server “${url}” names no host. Paths are found below ${path}; enter the address by hand.`,
    );
    return;
  }
  if (address.scheme === null) read.notices.push(`The server “${url}” names no scheme: https is assumed.`);
  read.baseUrl ??= shownUrl(address);
}

/** A server that a request can be sent to. */
export interface ServerUrl {
  /** http or https, with a host and without variables or a trailing slash. */
  url: string;
  description: string;
}

/**
 * The URLs of a list of Server Objects that a request can be sent to, each once: variables take their default, or each
 * value of their `enum`.
 */
export function serverUrls(servers: unknown): ServerUrl[] {
  if (!Array.isArray(servers)) return [];
  const found = new Map<string, ServerUrl>();
  for (const entry of servers.slice(0, MAX_SERVERS)) {
    const server = toObject(entry);
    const url = server?.url;
    if (typeof url !== "string" || url.length > MAX_URL_LENGTH) continue;
    const description =
      typeof server?.description === "string"
        ? truncate(cleanLine(server.description.slice(0, 1_000)), 200)
        : "";
    for (const expanded of fill(url, choicesOf(url, toObject(server?.variables) ?? {}))) {
      const parts = splitUrl(expanded);
      const shown = parts.host === null ? null : shownUrl(parts);
      if (shown !== null && !found.has(shown)) found.set(shown, { url: shown, description });
    }
  }
  return [...found.values()].slice(0, MAX_SERVERS);
}

/** The values of each variable in the URL, the displayed one first. */
function choicesOf(url: string, variables: Record<string, unknown>): Map<string, string[]> {
  const choices = new Map<string, string[]>();
  for (const [, name = ""] of url.matchAll(/\{([^{}]+)\}/g)) {
    const variable = toObject(Object.hasOwn(variables, name) ? variables[name] : null);
    const listed = Array.isArray(variable?.enum) ? variable.enum : [];
    const values = [variable?.default, ...listed].filter((value) => isValue(value)).map(String);
    if (values.length > 0) choices.set(name, [...new Set(values)]);
  }
  return choices;
}

/** In YAML, `8443` and `true` are not strings. */
function isValue(value: unknown): boolean {
  return (
    (typeof value === "string" && !/[{}]/.test(value)) ||
    typeof value === "number" ||
    typeof value === "boolean"
  );
}

/** The URL with every combination of values, at most `MAX_EXPANSIONS`. */
function fill(url: string, choices: ReadonlyMap<string, string[]>): string[] {
  let urls = [url];
  for (const [name, values] of choices) {
    urls = urls
      .flatMap((text) => values.map((value) => text.replaceAll(`{${name}}`, value)))
      .slice(0, MAX_EXPANSIONS);
  }
  return urls;
}

interface UrlParts {
  scheme: string | null;
  host: string | null;
  path: string;
}

/** Not parsed with `URL`, which would escape the braces. */
function splitUrl(url: string): UrlParts {
  const plain = url.trim().replace(/[?#].*$/s, "");
  const [, scheme = null, host = null, path = ""] =
    /^(?:([a-z{][\w{}+.-]*):)?(?:\/\/([^/]*))?(.*)$/is.exec(plain) ?? [];
  // `{server}/v1` begins with an unresolved URL.
  if (host === null && /^\{[^{}]*\}/.test(path))
    return { scheme, host: "{}", path: path.replace(/^\{[^{}]*\}/, "") };
  return { scheme, host, path };
}

/** The path template without a trailing slash; null if its braces don't match. */
function basePathOf(path: string): string | null {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const template = segments.map((segment) => `/${segment}`).join("");
  return /[{}]/.test(template.replace(/\{[^{}]+\}/g, "")) ? null : template;
}

/** The displayed URL: http or https, without user name, password, query or trailing slash. */
function shownUrl({ scheme, host, path }: UrlParts): string | null {
  const protocol = (scheme ?? "https").toLowerCase();
  const url = cleanLine(`${protocol}://${host?.replace(/^.*@/, "")}${basePathOf(path) ?? ""}`);
  return /^https?$/.test(protocol) && URL.canParse(url) && !/[\s{}]/.test(url) ? url : null;
}
