import type { ProjectTokenRole } from "#core/scopes.ts";

/** The page of a project's management tokens. */
export const projectTokensText = {
  title: "Project tokens",
  facts:
    "For scripts and CI. A token belongs to the project and keeps working when the person who created it leaves.",
  new: "New project token",
  noun: "project token",
  role: "Role",
  createdBy: "Created by",
  empty: {
    title: "No project tokens",
    body: "Create one for a script or a CI job that manages this project's keys over HTTP.",
    forDevelopers: "Owners of the project create tokens for scripts and CI.",
  },
  form: {
    title: "New project token",
    description:
      "A script with this token can act in this project only. It can't change members, tokens or owners.",
    role: "Role",
    access: "Access",
    roles: {
      viewer: { name: "Viewer", may: "Reads keys, usage and settings." },
      developer: {
        name: "Developer",
        may: "Also creates, changes, rotates and revokes keys, and enables APIs.",
      },
    } satisfies Record<ProjectTokenRole, { name: string; may: string }>,
    options: { full: "Everything the role allows", chosen: "Selected permissions" },
    chosenHint: "Only permissions that the role can use.",
  },
  full: "Everything the role allows",
  secretTitle: (name: string) => `Store the token of ${name}`,
  discarded: "The token stays valid. Revoke it, or rotate it to get a new secret.",
};
