/** The cache keys of each subject. Nearly all subjects have one key, which needs no set. */
export class KeysBySubject {
  readonly #keys = new Map<string, string | Set<string>>();

  of(subject: string): Iterable<string> {
    const keys = this.#keys.get(subject);
    return typeof keys === "string" ? [keys] : [...(keys ?? [])];
  }

  add(subject: string, key: string): void {
    const keys = this.#keys.get(subject);
    if (keys === undefined || keys === key) this.#keys.set(subject, key);
    else if (typeof keys === "string") this.#keys.set(subject, new Set([keys, key]));
    else keys.add(key);
  }

  delete(subject: string, key: string): void {
    const keys = this.#keys.get(subject);
    if (keys === key) this.#keys.delete(subject);
    else if (keys instanceof Set && keys.delete(key) && keys.size === 0) this.#keys.delete(subject);
  }

  clear(): void {
    this.#keys.clear();
  }
}
