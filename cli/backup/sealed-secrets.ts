import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fileErrorReason } from "#platform/file-errors.ts";
import { CliError } from "../output.ts";

const MIN_PASSPHRASE_LENGTH = 12;
/** OWASP's first choice of parameters for scrypt: 128 MiB. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const CONTEXT = Buffer.from("latchkey auth-secret backup 1");

const sealedSchema = z.object({ salt: z.base64(), iv: z.base64(), tag: z.base64(), data: z.base64() });
const secretsSchema = z.object({ current: z.string(), accepted: z.array(z.string()) });
export type Secrets = z.infer<typeof secretsSchema>;

/** The passphrase in the first line of a file: an option would be visible in the process list. */
export function readPassphrase(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new CliError(
      `--passphrase-file: ${path} can't be read: ${fileErrorReason(error) ?? "unknown reason"}`,
    );
  }
  const [passphrase = ""] = text.split(/\r?\n/);
  if (passphrase.length >= MIN_PASSPHRASE_LENGTH) return passphrase;
  throw new CliError(
    `--passphrase-file: the passphrase must have at least ${MIN_PASSPHRASE_LENGTH} characters`,
  );
}

/** Whether the data directory contains an auth secret. */
export const hasStoredSecret = (dataDir: string) => existsSync(join(dataDir, "auth-secret"));

/** Encrypts the secrets with a key that scrypt derives from the passphrase. */
export function sealSecrets(secrets: Secrets, passphrase: string): string {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", scryptSync(passphrase, salt, 32, SCRYPT), iv);
  cipher.setAAD(CONTEXT);
  const data = Buffer.concat([cipher.update(JSON.stringify(secrets), "utf8"), cipher.final()]);
  const text = (bytes: Buffer) => bytes.toString("base64");
  return `${JSON.stringify({ salt: text(salt), iv: text(iv), tag: text(cipher.getAuthTag()), data: text(data) })}\n`;
}

/** Throws `CliError` for a wrong passphrase. */
export function unsealSecrets(sealed: string, passphrase: string): Secrets {
  try {
    const { salt, iv, tag, data } = sealedSchema.parse(JSON.parse(sealed));
    const bytes = (text: string) => Buffer.from(text, "base64");
    const decipher = createDecipheriv(
      "aes-256-gcm",
      scryptSync(passphrase, bytes(salt), 32, SCRYPT),
      bytes(iv),
      {
        authTagLength: 16,
      },
    );
    decipher.setAAD(CONTEXT);
    decipher.setAuthTag(bytes(tag));
    const text = Buffer.concat([decipher.update(bytes(data)), decipher.final()]).toString("utf8");
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new CliError("--passphrase-file: the passphrase does not open the auth secret of this backup");
  }
}
