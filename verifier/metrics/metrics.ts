import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Engine } from "#engine/engine.ts";
import { registerEngine } from "./engine-metrics.ts";
import { type CheckRequestKind, LatencyHistogram } from "./latency.ts";

/** The metrics of `/metrics` (Prometheus text). Plain counters: a check costs a few additions. */
export class Metrics {
  readonly #registry = new Registry();
  /** By API, then by code. */
  readonly #checks = new Map<string, Map<string, number>>();
  readonly #failures = new Map<number, number>();
  readonly #latency: LatencyHistogram;
  #handedOver = 0;

  constructor(engine: Engine, version = "") {
    const registers = [this.#registry];
    const [checks, failures] = [this.#checks, this.#failures];
    new Counter({
      name: "latchkey_checks_total",
      help: "Checks answered with a verdict.",
      labelNames: ["code", "api"],
      registers,
      collect() {
        this.reset();
        for (const [api, codes] of checks) for (const [code, count] of codes) this.inc({ code, api }, count);
      },
    });
    new Counter({
      name: "latchkey_requests_failed_total",
      help: "Requests without a verdict, by HTTP status.",
      labelNames: ["status"],
      registers,
      collect() {
        this.reset();
        for (const [status, count] of failures) this.inc({ status }, count);
      },
    });
    const handedOver = () => this.#handedOver;
    new Counter({
      name: "latchkey_connections_handed_over_total",
      help: "Connections that left the fast path, because of a request that it does not read.",
      registers,
      collect() {
        this.reset();
        this.inc(handedOver());
      },
    });
    this.#latency = new LatencyHistogram(
      "latchkey_request_duration_seconds",
      "Time from the arrival of a request to the departure of its response, by kind.",
      this.#registry,
    );
    new Gauge({
      name: "latchkey_verifier_info",
      help: "Always 1, with the version as a label.",
      labelNames: ["version"],
      registers,
    }).set({ version }, 1);
    registerEngine(this.#registry, engine);
  }

  /** Adds Node's process metrics: memory, CPU, garbage collection, event loop delay. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  answered(code: string, api: string): void {
    let codes = this.#checks.get(api);
    if (codes === undefined) {
      codes = new Map();
      this.#checks.set(api, codes);
    }
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }

  failed(status: number): void {
    this.#failures.set(status, (this.#failures.get(status) ?? 0) + 1);
  }

  handedOver(): void {
    this.#handedOver++;
  }

  took(kind: CheckRequestKind, ms: number): void {
    this.#latency.add(kind, ms);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
