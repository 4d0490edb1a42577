import { asObject } from "./json.ts";

/** What an OpenAPI document's `servers` say about where an API answers. */
export interface ServersRead {
  /** The first address with a host, without anything left to fill in; null where there is none. */
  baseUrl: string | null;
  /** Path templates of all servers: `/v1`, `/api/{version}`. */
  basePaths: string[];
  /** What was assumed or is missing, for people. */
  notices: string[];
}

const MAX_SERVERS = 50;
/** Of one server, by the values that its variables may have. */
const MAX_EXPANSIONS = 20;
const MAX_URL_LENGTH = 500;

/**
 * Reads a Server Object list (OpenAPI 3, section 4.8.5). Variables are filled in with their default or the values of
 * their `enum`. One that has neither stays a name in the base path, and never appears in an address.
 */
export function readServers(servers: unknown): ServersRead {
  const read: ServersRead = { baseUrl: null, basePaths: [], notices: [] };
  if (servers === undefined || servers === null) return read;
  if (!Array.isArray(servers)) {
    read.notices.push("“servers” is not a list and was ignored.");
    return read;
  }
  if (servers.length > MAX_SERVERS) {
    read.notices.push(`It has ${servers.length} servers; the first ${MAX_SERVERS} count.`);
  }
  const basePaths = new Set<string>();
  for (const entry of servers.slice(0, MAX_SERVERS)) readServer(asObject(entry), read, basePaths);
  read.basePaths = [...basePaths];
  return read;
}

function readServer(server: Record<string, unknown> | null, read: ServersRead, basePaths: Set<string>): void {
  const url = server?.url;
  if (typeof url !== "string" || url.length > MAX_URL_LENGTH) {
    read.notices.push("A server without a readable “url” was ignored.");
    return;
  }
  const choices = choicesOf(url, asObject(server?.variables) ?? {});
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
  read.baseUrl ??= addressOf(address);
}

/** The values of each variable in the URL, the one to show first. */
function choicesOf(url: string, variables: Record<string, unknown>): Map<string, string[]> {
  const choices = new Map<string, string[]>();
  for (const [, name = ""] of url.matchAll(/\{([^{}]+)\}/g)) {
    const variable = asObject(Object.hasOwn(variables, name) ? variables[name] : null);
    const listed = Array.isArray(variable?.enum) ? variable.enum : [];
    const values = [variable?.default, ...listed].filter((value) => isValue(value)).map(String);
    if (values.length > 0) choices.set(name, [...new Set(values)]);
  }
  return choices;
}

/** YAML reads `8443` and `true` as no text. */
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

/** Not by the URL standard: names in braces must stay as they are. */
function splitUrl(url: string): UrlParts {
  const plain = url.trim().replace(/[?#].*$/s, "");
  const [, scheme = null, host = null, path = ""] =
    /^(?:([a-z{][\w{}+.-]*):)?(?:\/\/([^/]*))?(.*)$/is.exec(plain) ?? [];
  // `{server}/v1` begins with a whole address that nobody filled in.
  if (host === null && /^\{[^{}]*\}/.test(path))
    return { scheme, host: "{}", path: path.replace(/^\{[^{}]*\}/, "") };
  return { scheme, host, path };
}

/** The path as a template without a slash at its end; null for one with a brace too many. */
function basePathOf(path: string): string | null {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const template = segments.map((segment) => `/${segment}`).join("");
  return /[{}]/.test(template.replace(/\{[^{}]+\}/g, "")) ? null : template;
}

/** The address as it is shown: http or https, without user name, password, query or slash at its end. */
function addressOf({ scheme, host, path }: UrlParts): string | null {
  const protocol = (scheme ?? "https").toLowerCase();
  const url = `${protocol}://${host?.replace(/^.*@/, "")}${basePathOf(path) ?? ""}`;
  return /^https?$/.test(protocol) && URL.canParse(url) && !/[\s{}]/.test(url) ? url : null;
}
