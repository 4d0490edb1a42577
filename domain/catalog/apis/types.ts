import type { ApiAccess, ApiPathMatching } from "#db/tables/catalog.ts";
import type { Page } from "../../fields.ts";

export interface Operation {
  name: string;
  summary: string | null;
  method: string | null;
  path: string | null;
}

export interface ListedOperation extends Operation {
  /** The document's own `operationId` where it could not be the name. */
  operationId: string | null;
}

/** An operation as a document describes it. */
export interface ReadOperation extends ListedOperation {
  /** Of the operation's or its path's own servers; null where those of the API count. */
  basePaths: string[] | null;
}

/** An entry of the catalogue. */
export interface Api {
  slug: string;
  name: string;
  description: string;
  access: ApiAccess;
  allowKeyInUrl: boolean;
  /** Where the API answers; null when nobody said. */
  baseUrl: string | null;
  /** Path templates of the document's servers, below which paths are found as well. */
  basePaths: string[];
  pathMatching: ApiPathMatching;
  /** The first of them, as many as the answer holds. */
  operations: ListedOperation[];
  /** Leads to further operations; null where there are none. */
  operationsCursor: string | null;
  createdAt: string;
  updatedAt: string;
}

export type ApiPage = Page<Api>;

/** A catalogue entry for a list of the portal. */
export interface ApiSummary extends Pick<Api, "slug" | "name" | "access" | "baseUrl" | "updatedAt"> {
  /** Its first 300 characters. */
  description: string;
  operationCount: number;
}

export type ApiSummaryPage = Page<ApiSummary>;

/** A catalogue entry for a page: the first of its operations, and how many it has. */
export interface ApiForPage extends Api {
  operationCount: number;
}

/** Operations of an API that match a search. */
export interface FoundOperations {
  items: Pick<Operation, "name" | "summary">[];
  /** Whether there are others. */
  more: boolean;
}

/** What an OpenAPI document says about its API, with the first of its operations. */
export interface OpenApiPreview extends OpenApiSummary {
  operationCount: number;
}

/** What an OpenAPI document says about its API. */
export interface OpenApiSummary {
  /** One clean line; null where the title has nothing to show. */
  name: string | null;
  description: string;
  baseUrl: string | null;
  basePaths: string[];
  operations: ReadOperation[];
  /** What was assumed, renamed or left out, and why. */
  notices: string[];
}
