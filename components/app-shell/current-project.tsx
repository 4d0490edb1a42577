"use client";

import { usePathname } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { projectIdOf, type ShellProject } from "./nav.ts";

let visited: ShellProject | null = null;
const listeners = new Set<() => void>();

/**
 * Sets the project that the app shell shows as current. Needed if the project is not in the user's own list: for an
 * administrator who is not a member, or beyond the first 200 projects.
 */
export function CurrentProject({ project }: { project: ShellProject }) {
  useEffect(() => {
    visited = project;
    for (const listener of listeners) listener();
  }, [project]);
  return null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The project of the current page; null outside of projects.  */
export function useShellProject(projects: ShellProject[]): ShellProject | null {
  const id = projectIdOf(usePathname());
  const last = useSyncExternalStore(
    subscribe,
    () => visited,
    () => null,
  );
  if (id === null) return null;
  return projects.find((project) => project.id === id) ?? (last?.id === id ? last : null);
}
