import type { ApiAccess } from "#db/tables/catalogue.ts";
import type { Page } from "../types.ts";

export interface Operation {
  name: string;
  summary: string | null;
  method: string | null;
  path: string | null;
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
  operations: Operation[];
  createdAt: string;
  updatedAt: string;
}

export type ApiPage = Page<Api>;

/** What an OpenAPI document says about its API. */
export interface OpenApiSummary {
  name: string;
  description: string;
  baseUrl: string | null;
  operations: Operation[];
}
