import { formatNumber } from "#core/format.ts";
import type { FieldError } from "#core/schema-errors.ts";
import { cleanLine, cleanLines, cleanName, truncate } from "#core/text.ts";
import { type DocumentSource, readDocument } from "./document.ts";
import { documentError } from "./invalid-document.ts";
import { nameOperations } from "./operation-names.ts";
import { toObject } from "./read-json.ts";
import { resolve } from "./references.ts";
import { HTTP_METHODS, MAX_OPERATIONS, type OpenApiSummary, type ReadOperation } from "./schema.ts";
import { SecurityReader } from "./security.ts";
import { readServers } from "./servers.ts";

/** A parsed OpenAPI document, and what it says about its API. */
export interface ReadOpenApi {
  document: Record<string, unknown>;
  summary: OpenApiSummary;
}

/** Fields of a Path Item Object that are not methods. */
const OTHER_FIELDS = new Set([
  "summary",
  "description",
  "servers",
  "parameters",
  "$ref",
  "additionalOperations",
]);
const METHODS: ReadonlySet<string> = new Set(
  [...HTTP_METHODS, "QUERY"].map((method) => method.toLowerCase()),
);
/** How many locations a notice lists. */
const MAX_LOCATIONS = 3;
const MAX_PATH_LENGTH = 2_000;

/**
 * Parses an OpenAPI 3.0, 3.1 or 3.2 document. Unusable parts are left out and counted in `notices`. Throws `invalid`
 * with every error and its location if it is not such a document.
 */
export function parseOpenApi(source: DocumentSource): ReadOpenApi {
  const { value: document, notices } = readDocument(source);
  const info = toObject(document.info) ?? {};
  const paths = pathsOf(document);
  const skipped = new Skipped();
  const security = new SecurityReader(document, (reason, location) =>
    skipped.add(reason, truncate(cleanLine(location), 100)),
  );
  const found = operationsIn(document, paths, skipped);
  if (found.length > MAX_OPERATIONS) {
    throw documentError([
      {
        path: "openapi.paths",
        message: `Has ${formatNumber(found.length)} operations; at most ${formatNumber(MAX_OPERATIONS)}. Split it into several APIs, for example with “npx @redocly/cli split”.`,
      },
    ]);
  }
  const names = nameOperations(found);
  const operations = found.map(({ method, path, summary, servers, operation }, index): ReadOperation => {
    const { name, operationId } = names[index] ?? { name: "", operationId: null };
    const own = servers === undefined ? null : readServers(servers).basePaths;
    const requiredScopes = security.requiredBy(operation, `${method} ${path}`);
    return { name, operationId, summary, method, path, basePaths: own, requiredScopes };
  });
  const servers = readServers(document.servers);
  const scopes = security.scopes();
  return {
    document,
    summary: {
      name: cleanName(info.title, 100),
      description: typeof info.description === "string" ? truncate(cleanLines(info.description), 5_000) : "",
      baseUrl: servers.baseUrl,
      basePaths: servers.basePaths,
      scopes,
      operations,
      notices: [
        ...notices,
        ...servers.notices.slice(0, 10),
        ...skipped.notices(),
        ...(operations.length === 0 ? [noOperations(document, paths)] : []),
        ...renamed(operations),
        ...indistinctOperations(operations),
      ],
    },
  };
}

/** A document as stored, and what it says about its API. */
export interface StorableOpenApi {
  /** JSON text, because the document itself would have to be copied and serialized again. */
  json: string;
  summary: OpenApiSummary;
}

/** Like `parseOpenApi`, with the document as stored. */
export function toStorable(source: DocumentSource): StorableOpenApi {
  const { document, summary } = parseOpenApi(source);
  return { json: JSON.stringify(document), summary };
}

/** Throws `invalid` if this is not an OpenAPI 3 document, and for invalid paths. */
function pathsOf(document: Record<string, unknown>): Record<string, unknown> {
  const errors: FieldError[] = [];
  const version = document.openapi;
  if (version === undefined) {
    const message = "Missing: an OpenAPI 3 document states its version here.";
    errors.push({ path: "openapi.openapi", message });
  } else if (!/^3(\.[012])?(\.\d+.*)?$/.test(String(version))) {
    errors.push({ path: "openapi.openapi", message: "Must be 3.0, 3.1 or 3.2." });
  }
  const needsPaths = document.webhooks === undefined && document.components === undefined;
  const paths = toObject(document.paths ?? (needsPaths && !("paths" in document) ? undefined : {}));
  if (paths === null) errors.push({ path: "openapi.paths", message: "Must be an object of paths." });
  for (const path of Object.keys(paths ?? {})) {
    if (path.startsWith("/") || path.startsWith("x-") || path === "$ref") continue;
    const shown = truncate(cleanLine(path), 100);
    errors.push({
      path: `openapi.paths.${shown}`,
      message: `A path begins with a slash: write “/${shown}”.`,
    });
  }
  if (errors.length > 0) throw documentError(errors);
  return paths ?? {};
}

/** An operation of a document, with its name in the catalog. */
export interface DocumentOperation extends Pick<Found, "method" | "path" | "summary" | "item" | "operation"> {
  name: string;
  /** The document's `operationId` if it could not be used as the name. */
  operationId: string | null;
}

/** The operations of a stored document, in its order, with the names that `parseOpenApi` gave them. */
export function documentOperations(document: Record<string, unknown>): DocumentOperation[] {
  const found = operationsIn(document, toObject(document.paths) ?? {}, new Skipped());
  const names = nameOperations(found);
  return found.map(({ method, path, summary, item, operation }, index) => {
    const { name, operationId } = names[index] ?? { name: "", operationId: null };
    return { name, operationId, method, path, summary, item, operation };
  });
}

interface Found {
  operationId: unknown;
  summary: string | null;
  method: string;
  path: string;
  /** The servers of the operation or its path; undefined if neither has any. */
  servers: unknown;
  /** The Path Item Object and the Operation Object, resolved. */
  item: Record<string, unknown>;
  operation: Record<string, unknown>;
}

function operationsIn(
  document: Record<string, unknown>,
  paths: Record<string, unknown>,
  skipped: Skipped,
): Found[] {
  const found: Found[] = [];
  const all = follow(document, paths, "paths", skipped) ?? {};
  for (const [path, given] of Object.entries(all)) {
    if (!path.startsWith("/")) continue;
    const location = truncate(cleanLine(path), 100);
    const item = toObject(given);
    if (item === null) skipped.add("paths are not objects and were ignored", location);
    else if (path.length > MAX_PATH_LENGTH)
      skipped.add(`paths have more than ${formatNumber(MAX_PATH_LENGTH)} characters`, location);
    else {
      const read = follow(document, item, location, skipped);
      if (!read) continue;
      // Not with one call of `push`: a document can have more operations than a call can have arguments.
      for (const one of operationsOf(document, { path, location, item: read }, skipped)) found.push(one);
    }
  }
  return found;
}

interface PathItem {
  path: string;
  /** For notices. */
  location: string;
  /** Resolved. */
  item: Record<string, unknown>;
}

function operationsOf(
  document: Record<string, unknown>,
  { path, location, item }: PathItem,
  skipped: Skipped,
): Found[] {
  const found: Found[] = [];
  const own = Object.entries(item);
  const additional = Object.entries(toObject(item.additionalOperations) ?? {});
  for (const [at, [key, given]] of [...own, ...additional].entries()) {
    const here = `${location} ${truncate(cleanLine(key), 40)}`;
    if (at < own.length && !METHODS.has(key)) {
      if (!OTHER_FIELDS.has(key) && !key.startsWith("x-"))
        skipped.add("fields are not HTTP methods and were ignored", here);
      continue;
    }
    const object = toObject(given);
    const operation = object && follow(document, object, here, skipped);
    if (object === null || !/^[a-z-]{1,20}$/i.test(key))
      skipped.add("operations are not objects and were ignored", here);
    if (!operation || !/^[a-z-]{1,20}$/i.test(key)) continue;
    found.push({
      operationId: operation.operationId,
      summary: cleanName(operation.summary, 500),
      method: key.toUpperCase(),
      path,
      servers: operation.servers ?? item.servers,
      item,
      operation,
    });
  }
  return found;
}

/** Resolves the object; null, with a notice, if it is in another file or missing. */
function follow(
  document: Record<string, unknown>,
  object: Record<string, unknown>,
  location: string,
  skipped: Skipped,
): Record<string, unknown> | null {
  const resolved = resolve(document, object);
  if (resolved.kind === "found") return resolved.value;
  if (resolved.kind === "elsewhere") {
    skipped.add(
      "references point to other files, which are not fetched. Bundle the document first: “npx @redocly/cli bundle openapi.yaml”",
      location,
    );
  } else skipped.add("references can't be resolved and were ignored", location);
  return null;
}

/** Parts left out, by reason. */
class Skipped {
  readonly #reasons = new Map<string, { count: number; locations: string[] }>();

  add(reason: string, location: string): void {
    const known = this.#reasons.get(reason) ?? { count: 0, locations: [] };
    known.count++;
    if (known.locations.length < MAX_LOCATIONS) known.locations.push(location);
    this.#reasons.set(reason, known);
  }

  notices(): string[] {
    return [...this.#reasons].map(([reason, { count, locations }]) => noticeOf(count, reason, locations));
  }
}

function noticeOf(count: number, reason: string, locations: string[]): string {
  const more = count > locations.length ? `, and ${formatNumber(count - locations.length)} more` : "";
  return `${formatNumber(count)} ${reason}: ${locations.join(", ")}${more}.`;
}

function noOperations(document: Record<string, unknown>, paths: Record<string, unknown>): string {
  if (Object.keys(paths).length > 0)
    return "It has no operations, so keys can only be restricted to the whole API.";
  if (document.webhooks !== undefined) {
    return "It describes only webhooks, which the API calls itself: it has no operations that a key could call.";
  }
  return "It has no paths, and so no operations.";
}

function renamed(operations: readonly ReadOperation[]): string[] {
  const others = operations.filter(({ operationId }) => operationId !== null);
  if (others.length === 0) return [];
  const locations = others
    .slice(0, MAX_LOCATIONS)
    .map(({ operationId, name }) => `“${operationId}” is ${name}`);
  return [
    noticeOf(others.length, "operationIds are duplicates or invalid names and were renamed", locations),
  ];
}

/** Operations that method and path can't distinguish. */
function indistinctOperations(operations: readonly ReadOperation[]): string[] {
  const same = Map.groupBy(
    operations,
    ({ method, path }) => `${method} ${path?.replace(/[?#].*$/s, "").replaceAll(/\{[^{}]*\}/g, "{}")}`,
  );
  const groups = [...same.values()].filter(({ length }) => length > 1);
  if (groups.length === 0) return [];
  const locations = groups.slice(0, MAX_LOCATIONS).map((group) =>
    group
      .map(({ name }) => name)
      .slice(0, 3)
      .join(" and "),
  );
  return [
    noticeOf(
      groups.length,
      "groups of operations have the same method and path, so verifications by path match none of them",
      locations,
    ),
  ];
}
