import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Badge } from "../ui/badge.tsx";
import { Link } from "../ui/link.tsx";
import { KEY_LIST, type KeyListState } from "./list-state.ts";

interface FilterLinkProps {
  projectId: string;
  filter: KeyListState;
  className?: string;
  children: ReactNode;
}

/** Opens the project's keys that have the same value. */
export function FilterLink({ projectId, filter, className, children }: FilterLinkProps) {
  return (
    <Link
      href={KEY_LIST.href(`/projects/${projectId}/keys`, filter)}
      className={clsx("hover:underline", className)}
    >
      {children}
    </Link>
  );
}

/** Tags, each of which opens the keys that have it; `max` for a row of a table. */
export function Tags({
  projectId,
  tags,
  max = tags.length,
}: {
  projectId: string;
  tags: string[];
  max?: number;
}) {
  const hidden = tags.slice(max);
  return (
    <span className="flex max-w-full min-w-0 flex-wrap items-center gap-1">
      {tags.slice(0, max).map((tag) => (
        <FilterLink key={tag} projectId={projectId} filter={{ tag }} className="max-w-full">
          <Badge className="max-w-full">
            <span className="truncate">{tag}</span>
          </Badge>
        </FilterLink>
      ))}
      {hidden.length > 0 ? (
        <span className="text-xs text-muted" data-tip={hidden.join(", ")}>
          +{hidden.length}
        </span>
      ) : null}
    </span>
  );
}
