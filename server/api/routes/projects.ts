import { getKeyRules, setKeyRules } from "#domain/access/policies/project-key-rules.ts";
import { appliedKeyRulesSchema, setKeyRulesSchema } from "#domain/access/policies/schema.ts";
import { dryRunKeyRules } from "#domain/keys/lifecycle/rules/dry-run.ts";
import { dryRunKeyRulesSchema, keyRulesDryRunSchema } from "#domain/keys/lifecycle/rules/schema.ts";
import { readSecretAge } from "#domain/keys/lifecycle/secret-age/read.ts";
import { secretAgesSchema, setSecretAgeSchema } from "#domain/keys/lifecycle/secret-age/schema.ts";
import { setSecretAge } from "#domain/keys/lifecycle/secret-age/set.ts";
import { createProject } from "#domain/projects/create.ts";
import { deleteProject } from "#domain/projects/delete.ts";
import { getProject, listProjects } from "#domain/projects/list.ts";
import {
  createProjectSchema,
  listProjectsSchema,
  projectDetailSchema,
  projectPageSchema,
  projectRefSchema,
  projectSchema,
  updateProjectSchema,
} from "#domain/projects/schema.ts";
import { updateProject } from "#domain/projects/update.ts";
import { route } from "../route.ts";

const tag = "Projects";

export const projectRoutes = [
  route({
    method: "GET",
    path: "/api/v1/projects",
    tag,
    summary: "List your projects; with `all`, all projects of the site (administrators)",
    tokenScope: "projects:read",
    input: listProjectsSchema,
    output: projectPageSchema,
    verb: listProjects,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects",
    tag,
    summary: "Create a project that you own",
    tokenScope: "projects:write",
    input: createProjectSchema,
    output: projectSchema,
    status: 201,
    verb: createProject,
    location: ({ id }) => `/api/v1/projects/${id}`,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}",
    tag,
    summary: "Get a project",
    tokenScope: "projects:read",
    input: projectRefSchema,
    output: projectDetailSchema,
    verb: getProject,
  }),
  route({
    method: "PATCH",
    path: "/api/v1/projects/{projectId}",
    tag,
    summary: "Rename a project, or set the limits that its keys share (owner)",
    tokenScope: "projects:write",
    input: updateProjectSchema,
    output: projectSchema,
    verb: updateProject,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}",
    tag,
    summary: "Delete a project (owner); a conflict while it has keys that are not revoked",
    tokenScope: "projects:write",
    input: projectRefSchema,
    output: null,
    verb: deleteProject,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/secret-age",
    tag,
    summary: "Get the maximum secret age of a project: the site's and its own",
    tokenScope: "projects:read",
    input: projectRefSchema,
    output: secretAgesSchema,
    verb: readSecretAge,
  }),
  route({
    method: "PUT",
    path: "/api/v1/projects/{projectId}/secret-age",
    tag,
    summary: "Set the project's own maximum secret age (owner); with `cut`, overdue keys are disabled",
    tokenScope: "projects:write",
    input: setSecretAgeSchema,
    output: secretAgesSchema,
    verb: setSecretAge,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/key-rules",
    tag,
    summary: "Get the rules for the keys of a project: the site's and its own",
    tokenScope: "projects:read",
    input: projectRefSchema,
    output: appliedKeyRulesSchema,
    verb: getKeyRules,
  }),
  route({
    method: "PUT",
    path: "/api/v1/projects/{projectId}/key-rules",
    tag,
    summary: "Set the project's own key rules, for keys that are created or changed from now on (owner)",
    description:
      "The site's rules apply as well, so a project can only be stricter. A token can't loosen them.",
    tokenScope: "projects:write",
    input: setKeyRulesSchema,
    output: appliedKeyRulesSchema,
    verb: setKeyRules,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/key-rules/dry-run",
    tag,
    summary: "Preview what the key rules, or a draft of the project's own, do to existing keys (owner)",
    tokenScope: "projects:read",
    input: dryRunKeyRulesSchema,
    output: keyRulesDryRunSchema,
    verb: dryRunKeyRules,
  }),
];
