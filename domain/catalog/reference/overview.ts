import { cleanLine, cleanLines, truncate } from "#core/text.ts";
import { iso } from "#core/time.ts";
import type { ApiRow } from "../apis/find.ts";
import type { DocumentOperation } from "../apis/openapi.ts";
import { toObject } from "../apis/read-json.ts";
import type { ServerUrl } from "../apis/servers.ts";
import { Budget } from "./budget.ts";
import type { LoadedDocument } from "./load.ts";
import { serversOf, tagsOf } from "./operation.ts";
import { readSecurity, type SecurityInfo } from "./security.ts";
import { sunsetOf } from "./sunset.ts";

/** An operation in a list of the reference. */
export interface ListedReferenceOperation {
  name: string;
  method: string;
  path: string;
  summary: string;
  deprecated: boolean;
  sunset: string | null;
}

/** Operations with the same tag. */
export interface ReferenceGroup {
  /** The tag; null for operations without one. */
  tag: string | null;
  title: string;
  /** Markdown. */
  description: string;
  operations: ListedReferenceOperation[];
  /** How many operations match, including those that are not listed. */
  count: number;
}

export interface ReferenceOverview {
  slug: string;
  name: string;
  /** The version that the document states; empty if none. */
  version: string;
  /** Markdown. */
  description: string;
  visibility: ApiRow["visibility"];
  updatedAt: string;
  servers: ServerUrl[];
  security: SecurityInfo;
  groups: ReferenceGroup[];
  /** How many operations match. */
  count: number;
  /** How many operations the document has. */
  total: number;
  /** Whether an OpenAPI document was uploaded. */
  uploaded: boolean;
}

/** Operations that one page lists. */
const MAX_LISTED = 250;
/** Of one group, unless its tag was chosen. */
const MAX_IN_GROUP = 40;
const MAX_GROUPS = 100;

/** What the reference says about an API as a whole, and its operations that match. */
export function readOverview(
  api: ApiRow,
  { document, operations, uploaded }: LoadedDocument,
  { search = "", tag }: { search?: string | undefined; tag?: string | undefined },
): ReferenceOverview {
  const info = toObject(document.info) ?? {};
  const budget = new Budget();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
  const matching = operations.filter((operation) => matches(operation, words));
  const groups = groupsOf(document, matching, tag);
  return {
    slug: api.slug,
    name: api.name,
    version: typeof info.version === "string" ? truncate(cleanLine(info.version), 50) : "",
    description: budget.text(info.description, 50_000) || api.description,
    visibility: api.visibility,
    updatedAt: iso(api.updatedAt),
    servers: serversOf(document, {}, {}, api.baseUrl),
    security: readSecurity(document, {}, budget),
    groups: limited(groups, tag),
    count: groups.reduce((sum, group) => sum + group.count, 0),
    total: operations.length,
    uploaded,
  };
}

function matches(
  { name, operationId, method, path, summary, operation }: DocumentOperation,
  words: string[],
) {
  if (words.length === 0) return true;
  const text = [name, operationId, `${method} ${path}`, summary, ...tagsOf(operation)]
    .join(" ")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** A group whose operations are not read yet: a page lists few of thousands. */
interface UnreadGroup extends Omit<ReferenceGroup, "operations"> {
  operations: DocumentOperation[];
}

/** In the order of the document's tags, then of the first operation that has the tag; those without one last. */
function groupsOf(
  document: Record<string, unknown>,
  operations: readonly DocumentOperation[],
  only: string | undefined,
): UnreadGroup[] {
  const described = new Map(
    (Array.isArray(document.tags) ? document.tags.slice(0, 1_000) : []).flatMap((given) => {
      const tag = toObject(given);
      return typeof tag?.name === "string" ? [[tag.name.slice(0, 100), tag] as const] : [];
    }),
  );
  const byTag = new Map<string | null, DocumentOperation[]>([...described.keys()].map((tag) => [tag, []]));
  for (const operation of operations) {
    const tags = tagsOf(operation.operation);
    for (const tag of tags.length > 0 ? tags : [null]) {
      const list = byTag.get(tag);
      if (list) list.push(operation);
      else byTag.set(tag, [operation]);
    }
  }
  return [...byTag]
    .filter(([tag, list]) => list.length > 0 && (only === undefined || (tag ?? "") === only))
    .sort(([a], [b]) => Number(a === null) - Number(b === null))
    .map(([tag, list]) => {
      const about = tag === null ? undefined : described.get(tag);
      const title = about?.summary ?? about?.["x-displayName"] ?? tag ?? "";
      return {
        tag,
        title: truncate(cleanLine(typeof title === "string" ? title : ""), 100),
        description:
          typeof about?.description === "string" ? truncate(cleanLines(about.description), 2_000) : "",
        operations: list,
        count: list.length,
      };
    });
}

function listed({ name, method, path, summary, operation }: DocumentOperation): ListedReferenceOperation {
  return {
    name,
    method,
    path: truncate(path, 300),
    summary: summary ?? "",
    deprecated: operation.deprecated === true,
    sunset: sunsetOf(operation),
  };
}

/** As many groups and operations as a page holds. */
function limited(groups: readonly UnreadGroup[], tag: string | undefined): ReferenceGroup[] {
  let left = MAX_LISTED;
  return groups.slice(0, MAX_GROUPS).map((group) => {
    const count = Math.min(left, tag === undefined && groups.length > 1 ? MAX_IN_GROUP : MAX_LISTED);
    const operations = group.operations.slice(0, count).map(listed);
    left -= operations.length;
    return { ...group, operations };
  });
}
