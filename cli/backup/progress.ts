const WIDTH = 30;
const REDRAW_MS = 100;

/** A progress bar on standard error. It prints nothing unless that is a terminal. */
export class Progress {
  readonly #total: number;
  readonly #out: NodeJS.WriteStream;
  #done = 0;
  #drawnAt = 0;

  /** `total` is the number of rows. */
  constructor(total: number, out: NodeJS.WriteStream = process.stderr) {
    this.#total = total;
    this.#out = out;
  }

  add(rows: number, label: string): void {
    this.#done += rows;
    const now = performance.now();
    if (!this.#out.isTTY || now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    const share = this.#total === 0 ? 1 : Math.min(1, this.#done / this.#total);
    const bar = "#".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, ".");
    this.#out.write(`\r\u001b[K[${bar}] ${Math.floor(share * 100)}% ${label}`);
  }

  /** Removes the bar. */
  end(): void {
    if (this.#out.isTTY) this.#out.write("\r\u001b[K");
  }
}
