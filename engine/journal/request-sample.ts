/** How many requests of a key, of a project and of all are listed per second. More are counted, but not listed. */
export const LISTED_PER_SECOND = { key: 20, project: 50, all: 250 };

/**
 * Chooses the requests that a verifier lists, so that the list costs the same however many checks it answers. The first
 * ones of each second are chosen: of a key with few requests, all.
 */
export class RequestSample {
  #second = -1;
  #chosen = 0;
  /** Only projects and keys with a chosen request: at most as many as are chosen. */
  readonly #projects = new Map<string, number>();
  readonly #keys = new Map<string, number>();

  /** Whether this request is listed. `atMs`: epoch ms. */
  choose(projectId: string, keyId: string, atMs: number): boolean {
    const second = Math.floor(atMs / 1_000);
    if (second !== this.#second) this.#begin(second);
    if (this.#chosen >= LISTED_PER_SECOND.all) return false;
    const projectCount = this.#projects.get(projectId) ?? 0;
    if (projectCount >= LISTED_PER_SECOND.project) return false;
    const keyCount = this.#keys.get(keyId) ?? 0;
    if (keyCount >= LISTED_PER_SECOND.key) return false;
    this.#chosen++;
    this.#projects.set(projectId, projectCount + 1);
    this.#keys.set(keyId, keyCount + 1);
    return true;
  }

  #begin(second: number): void {
    this.#second = second;
    this.#chosen = 0;
    this.#projects.clear();
    this.#keys.clear();
  }
}
