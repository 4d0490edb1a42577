"use server";

import { suspendProjectSchema } from "#domain/projects/schema.ts";
import { resumeProject as resume, suspendProject as suspend } from "#domain/projects/suspend.ts";
import { action, formText } from "#server/action.ts";

const suspendAction = action(suspendProjectSchema, suspend);

export async function suspendProject(project: { projectId: string }, data: FormData) {
  return suspendAction({ ...project, reason: formText(data, "reason") });
}

const resumeAction = action(suspendProjectSchema, resume);

export async function resumeProject(project: { projectId: string }) {
  return resumeAction(project);
}
