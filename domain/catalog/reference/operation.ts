import { STATUS_CODES } from "node:http";
import type { ApiRow } from "../apis/find.ts";
import type { DocumentOperation } from "../apis/openapi.ts";
import { toObject } from "../apis/read-json.ts";
import { type ServerUrl, serverUrls } from "../apis/servers.ts";
import { Budget } from "./budget.ts";
import { exampleText } from "./example.ts";
import { openSchema } from "./merge-schema.ts";
import { type PartReader, type ReferenceParameter, readParameters } from "./parameters.ts";
import { type ExampleRequest, sampleRequest } from "./sample.ts";
import { type SchemaNode, SchemaTree } from "./schema-tree.ts";
import { keyLocationOf, readSecurity, type SecurityInfo } from "./security.ts";
import { sunsetOf } from "./sunset.ts";

/** A body in one media type. */
export interface ReferenceMedia {
  mediaType: string;
  schema: SchemaNode | null;
  /** As text; null if none is given and none can be generated. */
  example: string | null;
}

export interface ReferenceResponse {
  /** "200", "4XX", "default". */
  status: string;
  /** The status in words: "Not Found"; empty for ranges. */
  title: string;
  /** Markdown. */
  description: string;
  headers: { name: string; schema: SchemaNode; description: string }[];
  content: ReferenceMedia[];
}

/** An operation as the reference shows it. */
export interface ReferenceOperation {
  name: string;
  operationId: string | null;
  method: string;
  path: string;
  summary: string;
  /** Markdown. */
  description: string;
  tags: string[];
  deprecated: boolean;
  /** When it stops to work (RFC 8594), ISO 8601; null if the document does not say. */
  sunset: string | null;
  externalDocs: { url: string; description: string } | null;
  security: SecurityInfo;
  servers: ServerUrl[];
  parameters: ReferenceParameter[];
  body: { required: boolean; description: string; content: ReferenceMedia[] } | null;
  responses: ReferenceResponse[];
  sample: ExampleRequest;
}

const DESCRIPTION_LENGTH = 20_000;
const MAX_MEDIA = 10;
const MAX_RESPONSES = 60;
const MAX_HEADERS = 30;

/** Reads an operation of a document. Never throws: what the document gets wrong is left out. */
export function readReferenceOperation(
  document: Record<string, unknown>,
  { name, operationId, method, path, summary, item, operation }: DocumentOperation,
  api: Pick<ApiRow, "baseUrl">,
): ReferenceOperation {
  const budget = new Budget();
  const tree = new SchemaTree(document, budget);
  const reader = { document, budget, tree };
  const description = budget.text(operation.description ?? item.description, DESCRIPTION_LENGTH);
  const parameters = readParameters(reader, item, operation);
  const body = readBody(reader, operation.requestBody);
  const servers = serversOf(document, item, operation, api.baseUrl);
  return {
    name,
    operationId,
    method,
    path,
    summary: summary ?? "",
    description,
    tags: tagsOf(operation),
    deprecated: operation.deprecated === true,
    sunset: sunsetOf(operation),
    externalDocs: externalDocsOf(operation, budget),
    security: readSecurity(document, operation, budget),
    servers,
    parameters,
    body,
    responses: readResponses(reader, operation.responses),
    sample: sampleRequest({
      method,
      path,
      server: servers[0]?.url ?? null,
      key: keyLocationOf(document, operation),
      parameters,
      media: body?.content[0] ?? null,
    }),
  };
}

/** The servers of the operation or its path, otherwise the API's own URL and those of the document. */
export function serversOf(
  document: Record<string, unknown>,
  item: Record<string, unknown>,
  operation: Record<string, unknown>,
  baseUrl: string | null,
): ServerUrl[] {
  const own = serverUrls(operation.servers ?? item.servers);
  if (own.length > 0) return own;
  const ofDocument = serverUrls(document.servers);
  if (baseUrl === null) return ofDocument;
  const url = baseUrl.replace(/\/+$/, "");
  const known = ofDocument.find((server) => server.url === url);
  return [known ?? { url, description: "" }, ...ofDocument.filter((server) => server !== known)];
}

/** The tags of an operation, each once. */
export function tagsOf({ tags }: Record<string, unknown>): string[] {
  if (!Array.isArray(tags)) return [];
  const named = tags.filter((tag): tag is string => typeof tag === "string" && tag.trim() !== "");
  return [...new Set(named.slice(0, 20).map((tag) => tag.slice(0, 100)))];
}

function externalDocsOf({ externalDocs }: Record<string, unknown>, budget: Budget) {
  const docs = toObject(externalDocs);
  const url = docs?.url;
  if (typeof url !== "string" || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  return { url: budget.text(url, 2_000), description: budget.text(docs?.description, 200) };
}

function readBody(reader: PartReader, given: unknown): ReferenceOperation["body"] {
  const body = openSchema(reader.document, given).schema;
  if (body === null) return null;
  return {
    required: body.required === true,
    description: reader.budget.text(body.description, DESCRIPTION_LENGTH),
    content: readContent(reader, body.content, "request"),
  };
}

function readContent(
  { document, budget, tree }: PartReader,
  given: unknown,
  direction: "request" | "response",
): ReferenceMedia[] {
  return Object.entries(toObject(given) ?? {})
    .slice(0, MAX_MEDIA)
    .map(([mediaType, each]) => {
      const media = openSchema(document, each).schema ?? {};
      const schema = media.schema ?? media.itemSchema;
      const example =
        isJson(mediaType) || media.example !== undefined || media.examples !== undefined
          ? exampleText(document, media, direction)
          : null;
      return {
        mediaType: budget.text(mediaType, 100),
        schema: schema === undefined ? null : tree.read(schema),
        example: example === null ? null : budget.text(example, 20_000) || null,
      };
    });
}

/** Examples of other media types can't be generated from a schema: XML and forms need other rules. */
function isJson(mediaType: string): boolean {
  return /[/+]json\b|^\*\/\*$/i.test(mediaType);
}

function readResponses(reader: PartReader, given: unknown): ReferenceResponse[] {
  return Object.entries(toObject(given) ?? {})
    .filter(([status]) => /^([1-5](\d\d|XX)|default)$/i.test(status))
    .slice(0, MAX_RESPONSES)
    .map(([status, each]): ReferenceResponse => {
      const response = openSchema(reader.document, each).schema ?? {};
      return {
        status,
        title: STATUS_CODES[status] ?? "",
        description: reader.budget.text(response.description ?? response.summary, 2_000),
        headers: readHeaders(reader, response.headers),
        content: readContent(reader, response.content, "response"),
      };
    });
}

function readHeaders({ document, budget, tree }: PartReader, given: unknown): ReferenceResponse["headers"] {
  return Object.entries(toObject(given) ?? {})
    .slice(0, MAX_HEADERS)
    .map(([name, each]) => {
      const header = openSchema(document, each).schema ?? {};
      return {
        name: budget.text(name, 100),
        schema: tree.read(header.schema),
        description: budget.text(header.description, 1_000),
      };
    });
}
