import type { Settings } from "../settings.ts";
import type { Tracing } from "./tracing.ts";

/** Null unless traces are configured: then nothing that makes or sends spans is so much as loaded. */
export async function openTracing(
  { tracing }: Pick<Settings, "tracing">,
  service: { name: string; version: string },
  onTrouble: (what: string) => void,
): Promise<Tracing | null> {
  if (tracing === null) return null;
  const { startTracing } = await import("./otel.ts");
  return startTracing(tracing, service, onTrouble);
}
