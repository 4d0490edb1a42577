import { VERDICT_CODES } from "#core/verdict.ts";
import type { CountedEntry } from "../journal/entry.ts";
import { detachedCopy } from "./read-lines.ts";

/** What the lists of requests and of denials show of an entry. */
export type ListedEntry = Pick<
  CountedEntry,
  "projectId" | "keyId" | "secretId" | "code" | "environment" | "api" | "operation" | "details"
>;

/** A copy of an entry for a list: its texts don't refer to the file's text, whose chunks would stay in memory. */
export function detachedEntry({ code, environment, ...entry }: ListedEntry): ListedEntry {
  return {
    projectId: detachedCopy(entry.projectId),
    keyId: detachedCopy(entry.keyId),
    secretId: detachedCopy(entry.secretId),
    code: VERDICT_CODES.find((known) => known === code) ?? code,
    environment: environment === "live" || environment === "test" ? environment : "",
    api: detachedCopy(entry.api),
    operation: detachedCopy(entry.operation),
    details: detachedCopy(entry.details),
  };
}
