"use client";

import { usePathname } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { projectIdOf, type ShellProject } from "./nav.ts";

let visited: ShellProject | null = null;
const listeners = new Set<() => void>();

/**
 * Tells the frame which project this page is of. Needed where it is not in the person's own list: an
 * administrator looking into somebody's project, or the 201st of their own.
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

/** The project of the page one is on; null outside of projects. */
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
