/** A square with the project's first letter. */
export function ProjectInitial({ name }: { name: string | null }) {
  return (
    <span
      aria-hidden
      className="grid size-5 shrink-0 place-content-center rounded bg-accent-soft text-xs font-semibold text-accent"
    >
      {name?.trim().charAt(0).toUpperCase() ?? "·"}
    </span>
  );
}
