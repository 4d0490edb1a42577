import { clsx } from "clsx";

const TONES: Record<string, string> = {
  GET: "text-good",
  POST: "text-accent",
  PUT: "text-attention",
  PATCH: "text-attention",
  DELETE: "text-bad",
};

/** A method of HTTP, in its own color beside its name. */
export function Method({ method, className }: { method: string; className?: string }) {
  return (
    <span className={clsx("font-mono text-xs font-semibold", TONES[method] ?? "text-muted", className)}>
      {method}
    </span>
  );
}
