import { Counter, Gauge, Registry } from "prom-client";
import type { Watch } from "./answer.ts";
import type { Engine } from "./engine.ts";

/** What `/metrics` tells (Prometheus text). Counts are kept in a map: the check itself pays for one addition. */
export class Metrics implements Watch {
  readonly #registry = new Registry();
  readonly #checks = new Map<string, number>();
  readonly #failures = new Map<number, number>();

  constructor(engine: Engine) {
    const registers = [this.#registry];
    const checks = this.#checks;
    const failures = this.#failures;
    new Counter({
      name: "latchkey_checks_total",
      help: "Checks answered with a verdict.",
      labelNames: ["code", "api"],
      registers,
      collect() {
        this.reset();
        for (const [key, count] of checks) {
          const [code = "", api = ""] = key.split("\t");
          this.inc({ code, api }, count);
        }
      },
    });
    new Counter({
      name: "latchkey_requests_failed_total",
      help: "Requests that got no verdict, by HTTP status.",
      labelNames: ["status"],
      registers,
      collect() {
        this.reset();
        for (const [status, count] of failures) this.inc({ status }, count);
      },
    });
    gauge(
      "latchkey_feed_lag_seconds",
      "Since when everything committed is known here.",
      () => engine.lagMs / 1000,
    );
    gauge("latchkey_feed_position", "The highest change that was applied.", () => engine.feed.position);
    gauge(
      "latchkey_cached_keys",
      "Secrets in memory, known and unknown.",
      () => engine.knowledge.secrets.size,
    );
    gauge(
      "latchkey_key_fills",
      "Secrets read from the database since the start.",
      () => engine.knowledge.secrets.fills,
    );
    gauge("latchkey_journal_lines", "Answers written down since the start.", () => engine.journal.lines);
    gauge(
      "latchkey_journal_bytes",
      "Bytes written to the journal since the start.",
      () => engine.journal.bytes,
    );
    gauge("latchkey_ready", "1 when verdicts can be given.", () => (engine.trouble === null ? 1 : 0));

    function gauge(name: string, help: string, value: () => number): void {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value());
        },
      });
    }
  }

  answered(code: string, api: string): void {
    const key = `${code}\t${api}`;
    this.#checks.set(key, (this.#checks.get(key) ?? 0) + 1);
  }

  failed(status: number): void {
    this.#failures.set(status, (this.#failures.get(status) ?? 0) + 1);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
