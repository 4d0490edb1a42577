import { createApi } from "#domain/catalog/apis/create.ts";
import { deleteApi } from "#domain/catalog/apis/delete.ts";
import { getApi, listApis } from "#domain/catalog/apis/list.ts";
import {
  apiPageSchema,
  apiRefSchema,
  apiSchema,
  createApiSchema,
  getApiSchema,
  listApisSchema,
  updateApiSchema,
} from "#domain/catalog/apis/schema.ts";
import { updateApi } from "#domain/catalog/apis/update.ts";
import { disableApi } from "#domain/catalog/enablement/disable.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import { listProjectApis } from "#domain/catalog/enablement/list.ts";
import {
  enableResultSchema,
  type ListProjectApisInput,
  listProjectApisSchema,
  projectApiRefSchema,
  projectApiSchema,
} from "#domain/catalog/enablement/schema.ts";
import type { Verb } from "#domain/context.ts";
import { pageSchema } from "#domain/fields.ts";
import { DOCUMENT_CAP_BYTES } from "../../body-cap.ts";
import { inPages, paged } from "../paged.ts";
import { route } from "../route.ts";

const tag = "Catalogue";

export const catalogueRoutes = [
  route({
    method: "GET",
    path: "/api/v1/apis",
    tag,
    summary: "The catalogue",
    tokenScope: "catalogue:read",
    description:
      "An answer has at most 1 MiB: where APIs have many operations, a page has fewer of them than `limit`, and `nextCursor` leads on.",
    input: listApisSchema,
    output: apiPageSchema,
    verb: listApis,
  }),
  route({
    method: "POST",
    path: "/api/v1/apis",
    tag,
    summary: "Put an API into the catalogue (administrators), by hand or from an OpenAPI document",
    tokenScope: "catalogue:write",
    input: createApiSchema,
    output: apiSchema,
    status: 201,
    verb: createApi,
    location: ({ slug }) => `/api/v1/apis/${slug}`,
    capBytes: DOCUMENT_CAP_BYTES,
  }),
  route({
    method: "GET",
    path: "/api/v1/apis/{slug}",
    tag,
    summary: "One API and its operations",
    description:
      "An answer has at most 1 MiB. Where it has no room for all operations, `operationsCursor` is not null: send it as a query parameter to read on.",
    tokenScope: "catalogue:read",
    input: getApiSchema,
    output: apiSchema,
    verb: getApi,
  }),
  route({
    method: "PATCH",
    path: "/api/v1/apis/{slug}",
    tag,
    summary: "Change an API (administrators)",
    tokenScope: "catalogue:write",
    input: updateApiSchema,
    output: apiSchema,
    verb: updateApi,
    capBytes: DOCUMENT_CAP_BYTES,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/apis/{slug}",
    tag,
    summary: "Take an API out of the catalogue (administrators)",
    tokenScope: "catalogue:write",
    input: apiRefSchema,
    output: null,
    verb: deleteApi,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/apis",
    tag,
    summary: "Every API, and how it stands with a project",
    tokenScope: "projects:read",
    input: paged(listProjectApisSchema),
    output: pageSchema(projectApiSchema),
    verb: inPages(
      async (call: Verb<ListProjectApisInput>) => (await listProjectApis(call)).items,
      ({ slug }) => slug,
    ),
  }),
  route({
    method: "PUT",
    path: "/api/v1/projects/{projectId}/apis/{slug}",
    tag,
    summary: "Enable an API for a project (developer); pending where it needs an approval",
    tokenScope: "projects:write",
    input: projectApiRefSchema,
    output: enableResultSchema,
    verb: enableApi,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}/apis/{slug}",
    tag,
    summary: "Disable an API for a project (developer); its keys are refused there within a second",
    tokenScope: "projects:write",
    input: projectApiRefSchema,
    output: null,
    verb: disableApi,
  }),
];
