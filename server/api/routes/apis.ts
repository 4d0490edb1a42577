import { createApi } from "#domain/catalog/apis/create.ts";
import { deleteApi } from "#domain/catalog/apis/delete.ts";
import { getApi, listApis } from "#domain/catalog/apis/list.ts";
import {
  apiAudienceSchema,
  apiPageSchema,
  apiRefSchema,
  apiSchema,
  createApiSchema,
  getApiSchema,
  listApisSchema,
  updateApiSchema,
} from "#domain/catalog/apis/schema.ts";
import { updateApi } from "#domain/catalog/apis/update.ts";
import { getApiAudience } from "#domain/catalog/apis/visibility.ts";
import { disableApi } from "#domain/catalog/enablement/disable.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import { listProjectApis } from "#domain/catalog/enablement/list.ts";
import {
  enableApiSchema,
  enableResultSchema,
  type ListProjectApisInput,
  listProjectApisSchema,
  projectApiRefSchema,
  projectApiSchema,
} from "#domain/catalog/enablement/schema.ts";
import {
  deleteGuide,
  getChangelog,
  getGuide,
  listGuides,
  saveChangelog,
  saveGuide,
} from "#domain/catalog/reference/guides.ts";
import {
  changelogSchema,
  guideListSchema,
  guideRefSchema,
  guideSchema,
  saveChangelogSchema,
  saveGuideSchema,
} from "#domain/catalog/reference/schema.ts";
import type { Verb } from "#domain/context.ts";
import { pageSchema } from "#domain/fields.ts";
import { MAX_DOCUMENT_BODY_BYTES } from "../../body-limit.ts";
import { inPages, paged } from "../paged.ts";
import { route } from "../route.ts";

const tag = "APIs";
/** A guide of 100,000 characters, each of up to 12 bytes of JSON. */
const GUIDE_CAP_BYTES = 1_300_000;

export const apiRoutes = [
  route({
    method: "GET",
    path: "/api/v1/apis",
    tag,
    summary: "List APIs",
    tokenScope: "catalogue:read",
    description:
      "A response has at most 1 MiB: if APIs have many operations, a page has fewer than `limit` APIs, and `nextCursor` leads to the others.",
    input: listApisSchema,
    output: apiPageSchema,
    verb: listApis,
  }),
  route({
    method: "POST",
    path: "/api/v1/apis",
    tag,
    summary: "Add an API, by hand or from an OpenAPI document (administrators)",
    tokenScope: "catalogue:write",
    input: createApiSchema,
    output: apiSchema,
    status: 201,
    verb: createApi,
    location: ({ slug }) => `/api/v1/apis/${slug}`,
    maxBodyBytes: MAX_DOCUMENT_BODY_BYTES,
  }),
  route({
    method: "GET",
    path: "/api/v1/apis/{slug}",
    tag,
    summary: "Get an API and its operations",
    description:
      "A response has at most 1 MiB. If not all operations fit, `operationsCursor` is not null: send it as a query parameter to get the next ones.",
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
    maxBodyBytes: MAX_DOCUMENT_BODY_BYTES,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/apis/{slug}",
    tag,
    summary: "Delete an API (administrators)",
    tokenScope: "catalogue:write",
    input: apiRefSchema,
    output: null,
    verb: deleteApi,
  }),
  route({
    method: "GET",
    path: "/api/v1/apis/{slug}/audience",
    tag,
    summary: "List the projects that an API was opened to (administrators)",
    tokenScope: "catalogue:read",
    input: apiRefSchema,
    output: apiAudienceSchema,
    verb: getApiAudience,
  }),
  route({
    method: "GET",
    path: "/api/v1/apis/{slug}/guides",
    tag,
    summary: "List the guides of an API",
    tokenScope: "catalogue:read",
    input: apiRefSchema,
    output: guideListSchema,
    verb: listGuides,
  }),
  route({
    method: "GET",
    path: "/api/v1/apis/{slug}/guides/{guide}",
    tag,
    summary: "Get a guide of an API",
    tokenScope: "catalogue:read",
    input: guideRefSchema,
    output: guideSchema,
    verb: getGuide,
  }),
  route({
    method: "PUT",
    path: "/api/v1/apis/{slug}/guides/{guide}",
    tag,
    summary: "Create or replace a guide of an API (administrators)",
    tokenScope: "catalogue:write",
    input: saveGuideSchema,
    output: guideSchema,
    verb: saveGuide,
    maxBodyBytes: GUIDE_CAP_BYTES,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/apis/{slug}/guides/{guide}",
    tag,
    summary: "Delete a guide of an API (administrators)",
    tokenScope: "catalogue:write",
    input: guideRefSchema,
    output: null,
    verb: deleteGuide,
  }),
  route({
    method: "GET",
    path: "/api/v1/apis/{slug}/changelog",
    tag,
    summary: "Get the changelog of an API",
    tokenScope: "catalogue:read",
    input: apiRefSchema,
    output: changelogSchema,
    verb: getChangelog,
  }),
  route({
    method: "PUT",
    path: "/api/v1/apis/{slug}/changelog",
    tag,
    summary: "Replace the changelog of an API (administrators)",
    tokenScope: "catalogue:write",
    input: saveChangelogSchema,
    output: changelogSchema,
    verb: saveChangelog,
    maxBodyBytes: GUIDE_CAP_BYTES,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/apis",
    tag,
    summary: "List all APIs and their status in a project",
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
    summary:
      "Enable an API for a project on one of its plans (developer); pending if one of them needs approval",
    description: "Only owners can choose a plan with a price.",
    tokenScope: "projects:write",
    input: enableApiSchema,
    output: enableResultSchema,
    verb: enableApi,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}/apis/{slug}",
    tag,
    summary:
      "Disable an API for a project (developer); requests with the project's keys are denied within a second",
    tokenScope: "projects:write",
    input: projectApiRefSchema,
    output: null,
    verb: disableApi,
  }),
];
