/** What several alerts of a project read in one evaluation, each read once. */
export class SharedReads {
  readonly #reads = new Map<string, Promise<unknown>>();

  /** The result of `read`, which is called for the first request with this name only. */
  once<Value>(name: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.#reads.get(name);
    if (known !== undefined) return known as Promise<Value>;
    const reading = read();
    this.#reads.set(name, reading);
    return reading;
  }
}
