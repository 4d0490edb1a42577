import { clsx } from "clsx";

const TONES: Record<string, string> = {
  GET: "text-good",
  POST: "text-accent",
  PUT: "text-attention",
  PATCH: "text-attention",
  DELETE: "text-bad",
};

/** An HTTP method in its color. */
export function Method({ method, className }: { method: string; className?: string }) {
  return (
    <span className={clsx("font-mono text-xs font-semibold", TONES[method] ?? "text-muted", className)}>
      {method}
    </span>
  );
}
