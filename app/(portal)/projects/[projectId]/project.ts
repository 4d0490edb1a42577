import { cache } from "react";
import { getProject } from "#domain/projects/list.ts";
import { readForPage } from "#server/page.ts";

/** The project of a page and the reader's role in it, read once for layout and page together. */
export const projectOf = cache((projectId: string) => readForPage(getProject, { projectId }));
