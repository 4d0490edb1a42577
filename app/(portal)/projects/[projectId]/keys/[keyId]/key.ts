import { cache } from "react";
import { getKey } from "#domain/keys/list.ts";
import { readForPage } from "#server/page.ts";

/** The key of a page, read once for its title and its content. */
export const keyOf = cache((projectId: string, keyId: string) => readForPage(getKey, { projectId, keyId }));
