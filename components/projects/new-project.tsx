"use client";

import { lazyComponent, lazyInBrowser } from "../ui/lazy.tsx";
import { useNewDialog } from "../ui/use-new-dialog.ts";
import type { CreateProject } from "./new-project-form.tsx";

const load = () => import("./new-project-form.tsx");
const NewProjectForm = lazyInBrowser(() => load().then((module) => module.NewProjectForm));
const FirstProjectForm = lazyComponent(() => load().then((module) => module.FirstProjectForm));

/** The dialog that creates a project; the URL says whether it is open. */
export function NewProject({ create }: { create: CreateProject }) {
  const { open, hide } = useNewDialog(load);
  return open ? <NewProjectForm create={create} onClose={hide} /> : null;
}

/** The form for a first project, on the page itself. `owner`: the reader's name. */
export function FirstProject({ create, owner }: { create: CreateProject; owner: string }) {
  return <FirstProjectForm create={create} owner={owner} />;
}
