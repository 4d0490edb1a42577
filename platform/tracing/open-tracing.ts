import type { Settings } from "../settings.ts";
import type { Tracing } from "./tracing.ts";

/** Starts tracing; null if it is not configured. The OpenTelemetry modules are only loaded if it is. */
export async function openTracing(
  { tracing }: Pick<Settings, "tracing">,
  service: { name: string; version: string },
  onError: (what: string) => void,
): Promise<Tracing | null> {
  if (tracing === null) return null;
  const { startTracing } = await import("./otel.ts");
  return startTracing(tracing, service, onError);
}
