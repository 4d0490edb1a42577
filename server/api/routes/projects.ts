import { readSecretAge } from "#domain/keys/lifecycle/secret-age/read.ts";
import { setSecretAge, setSecretAgeSchema } from "#domain/keys/lifecycle/secret-age/set.ts";
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
import { secretAges } from "../shapes/projects.ts";

const tag = "Projects";

export const projectRoutes = [
  route({
    method: "GET",
    path: "/api/v1/projects",
    tag,
    summary: "The projects that one belongs to; with `all`, every one (administrators)",
    tokenScope: "projects:read",
    input: listProjectsSchema,
    output: projectPageSchema,
    verb: listProjects,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects",
    tag,
    summary: "Make a project; the maker owns it",
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
    summary: "One project",
    tokenScope: "projects:read",
    input: projectRefSchema,
    output: projectDetailSchema,
    verb: getProject,
  }),
  route({
    method: "PATCH",
    path: "/api/v1/projects/{projectId}",
    tag,
    summary: "Rename a project, or limit what its keys may use together (owner)",
    tokenScope: "projects:write",
    input: updateProjectSchema,
    output: projectSchema,
    verb: updateProject,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}",
    tag,
    summary: "Delete a project (owner); refused while it has keys that are not revoked",
    tokenScope: "projects:write",
    input: projectRefSchema,
    output: null,
    verb: deleteProject,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/secret-age",
    tag,
    summary: "How old the project's secrets may grow, by the site's rule and by its own",
    tokenScope: "projects:read",
    input: projectRefSchema,
    output: secretAges,
    verb: readSecretAge,
  }),
  route({
    method: "PUT",
    path: "/api/v1/projects/{projectId}/secret-age",
    tag,
    summary: "Set the project's own rule (owner); with `cut`, keys are switched off when it is broken",
    tokenScope: "projects:write",
    input: setSecretAgeSchema,
    output: secretAges,
    verb: setSecretAge,
  }),
];
