import type { ApiAccess, ApiPathMatching } from "#db/tables/catalogue.ts";
import type { Page } from "../../types.ts";

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
  operations: ListedOperation[];
  createdAt: string;
  updatedAt: string;
}

export type ApiPage = Page<Api>;

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
