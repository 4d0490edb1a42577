"use client";

import dynamic from "next/dynamic";
import { useNewParam } from "../ui/use-url-state.ts";
import type { CreateProject } from "./new-project-form.tsx";

const NewProjectForm = dynamic(
  () => import("./new-project-form.tsx").then((module) => module.NewProjectForm),
  {
    ssr: false,
  },
);

/** The dialog that creates a project; the URL says whether it is open. */
export function NewProject({ create }: { create: CreateProject }) {
  const { open, hide } = useNewParam();
  return open ? <NewProjectForm create={create} onClose={hide} /> : null;
}
