import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip, type Gzip } from "node:zlib";

/** Only the owner can read it, and it is on the disk when the stream is closed. */
const NEW_FILE = { flags: "wx", mode: 0o600, flush: true };

/** Writes lines to a gzip file, with the SHA-256 of the file. */
export class LineWriter {
  // Level 1 is as fast as the database can be read, and the file hardly larger.
  readonly #gzip: Gzip = createGzip({ level: 1 });
  readonly #hash: Hash = createHash("sha256");
  readonly #written: Promise<void>;

  constructor(path: string) {
    this.#written = pipeline(this.#gzip, passThrough(this.#hash), createWriteStream(path, NEW_FILE));
    // `write` and `finish` report the error.
    this.#written.catch(() => {});
  }

  async write(lines: string[]): Promise<void> {
    if (this.#gzip.write(`${lines.join("\n")}\n`)) return;
    await Promise.race([new Promise((resolve) => this.#gzip.once("drain", resolve)), this.#written]);
  }

  /** Resolves with the SHA-256 when the file is on the disk. */
  async finish(): Promise<string> {
    this.#gzip.end();
    await this.#written;
    return this.#hash.digest("hex");
  }
}

/** The lines of a gzip file in batches of about `batchBytes`. */
export async function* readLines(path: string, batchBytes: number): AsyncGenerator<string[]> {
  const text = createGunzip().setEncoding("utf8");
  // An error ends the loop below.
  pipeline(createReadStream(path), text).catch(() => {});
  let lines: string[] = [];
  let bytes = 0;
  let rest = "";
  for await (const chunk of text) {
    // Not `readline`: it also splits at Unicode line separators, which a text may contain.
    const parts = `${rest}${chunk}`.split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) {
      lines.push(line);
      bytes += line.length;
      if (bytes < batchBytes) continue;
      yield lines;
      lines = [];
      bytes = 0;
    }
  }
  if (lines.length > 0) yield lines;
}

/** Copies a file and returns the SHA-256 of what was copied. */
export async function copyHashed(from: string, to: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(from), passThrough(hash), createWriteStream(to, NEW_FILE));
  return hash.digest("hex");
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

/** Makes renamed and new entries of a directory survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function passThrough(hash: Hash): Transform {
  return new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
}
