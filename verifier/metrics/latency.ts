import { Histogram, type Registry } from "prom-client";

/** Upper bounds of the buckets, ms. A check usually takes a fraction of 1 ms; the others show problems. */
const BOUNDS_MS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];

export type CheckRequestKind = "single" | "batch" | "gate";

interface Counts {
  /** One count per bucket, and one for longer durations. */
  counts: Float64Array;
  sumMs: number;
}

const newCounts = (): Counts => ({ counts: new Float64Array(BOUNDS_MS.length + 1), sumMs: 0 });

/** Latency of requests. Counted here, because prom-client's own `observe` costs several times as much. */
export class LatencyHistogram extends Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #recorded: Record<CheckRequestKind, Counts> = {
    single: newCounts(),
    batch: newCounts(),
    gate: newCounts(),
  };

  constructor(name: string, help: string, registry: Registry) {
    super({ name, help, registers: [registry] });
    this.#name = name;
    this.#help = help;
  }

  add(kind: CheckRequestKind, ms: number): void {
    const recorded = this.#recorded[kind];
    let bucket = 0;
    for (const bound of BOUNDS_MS) {
      if (ms <= bound) break;
      bucket++;
    }
    recorded.counts[bucket] = (recorded.counts[bucket] ?? 0) + 1;
    recorded.sumMs += ms;
  }

  /** Called by the registry when it serializes metrics. */
  getForPromString() {
    const values = [...this.#values("single"), ...this.#values("batch"), ...this.#values("gate")];
    return { name: this.#name, help: this.#help, type: "histogram", values };
  }

  #values(kind: CheckRequestKind) {
    const { counts, sumMs } = this.#recorded[kind];
    let total = 0;
    const buckets = Array.from(counts, (count, index) => {
      total += count;
      const boundMs = BOUNDS_MS[index];
      const le = boundMs === undefined ? "+Inf" : boundMs / 1000;
      return { metricName: `${this.#name}_bucket`, labels: { kind, le }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${this.#name}_sum`, labels: { kind }, value: sumMs / 1000 },
      { metricName: `${this.#name}_count`, labels: { kind }, value: total },
    ];
  }
}
