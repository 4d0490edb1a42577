"use client";

import { usePathname } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { LAST_PROJECT_COOKIE, projectIdOf, type ShellProject } from "./nav.ts";

/** The project that this tab has shown last: undefined before the first one, null after the list of projects. */
let visited: ShellProject | null | undefined;
const listeners = new Set<() => void>();

function remember(project: ShellProject | null): void {
  visited = project;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // Only the id, and the server ignores it unless the reader may see the project.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs TLS
  document.cookie = `${LAST_PROJECT_COOKIE}=${project?.id ?? ""}; Path=/; SameSite=Lax${secure}`;
  for (const listener of listeners) listener();
}

/**
 * Sets the project that the app shell shows as current. Needed if the project is not in the user's own list: for an
 * administrator who is not a member, or beyond the first 200 projects.
 */
export function CurrentProject({ project }: { project: ShellProject }) {
  useEffect(() => remember(project), [project]);
  return null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The project of the current page. Pages outside of projects keep the last one, so that its pages stay one press away;
 * the list of projects ends that. `last` is what the server read from the cookie.
 */
export function useShellProject(projects: ShellProject[], last: ShellProject | null): ShellProject | null {
  const path = usePathname();
  const known = useSyncExternalStore(
    subscribe,
    () => visited,
    () => undefined,
  );
  const isList = path === "/projects";
  useEffect(() => {
    if (isList && visited !== null) remember(null);
  }, [isList]);
  if (isList) return null;
  const kept = known === undefined ? last : known;
  const id = projectIdOf(path) ?? kept?.id;
  return projects.find((project) => project.id === id) ?? (kept?.id === id ? kept : null);
}
