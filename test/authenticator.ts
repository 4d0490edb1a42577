import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { NewPasskeyAnswer, PasskeyAnswer } from "#domain/access/accounts/factors/passkey-schema.ts";

/** What an authenticator or the page in front of it does differently from the honest case. */
export interface Deviations {
  /** The origin of the page that asked. */
  origin?: string;
  /** The relying party that the authenticator signs for. */
  rpId?: string;
  userHandle?: string | undefined;
  /** Whether it verified the user, by PIN or fingerprint. Default: true. */
  verified?: boolean;
  counter?: number;
  backupEligible?: boolean;
  crossOrigin?: boolean;
  /** Signs something else. */
  forged?: boolean;
  /** An attestation statement instead of none. */
  attestation?: { fmt: string; attStmt: Buffer };
}

const UP = 0x01;
const UV = 0x04;
const BE = 0x08;
const BS = 0x10;
const AT = 0x40;

/** CBOR (RFC 8949), as far as attestation objects and COSE keys need it. */
const head = (major: number, value: number): Buffer =>
  value < 24
    ? Buffer.from([(major << 5) | value])
    : value < 256
      ? Buffer.from([(major << 5) | 24, value])
      : Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
const cborText = (text: string) => Buffer.concat([head(3, text.length), Buffer.from(text)]);
const cborBytes = (bytes: Buffer) => Buffer.concat([head(2, bytes.length), bytes]);
const cborInt = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const cborMap = (...entries: [Buffer, Buffer][]) =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);
/** `map` takes encoded keys and values. */
export const cbor = { text: cborText, bytes: cborBytes, int: cborInt, map: cborMap };

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();
const encoded = (bytes: Buffer) => bytes.toString("base64url");

/** An authenticator with one passkey (ES256), in software: what a browser would send. */
export class TestAuthenticator {
  readonly #origin: string;
  readonly #credentialId = randomBytes(32);
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #synced: boolean;
  #userHandle = "";
  /** Of the last use; authenticators without one leave it at 0. */
  counter: number;

  constructor(origin: string, { counter = 0, synced = false } = {}) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#origin = origin;
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
    this.#synced = synced;
    this.counter = counter;
  }

  get credentialId(): string {
    return encoded(this.#credentialId);
  }

  /** The answer to `navigator.credentials.create`. */
  create(
    { challenge, user, rp }: { challenge: string; user: { id: string }; rp: { id?: string } },
    deviations: Deviations = {},
  ): NewPasskeyAnswer {
    this.#userHandle = user.id;
    const { fmt, attStmt } = deviations.attestation ?? { fmt: "none", attStmt: cborMap() };
    const attested = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0, this.#credentialId.length]),
      this.#credentialId,
      this.#coseKey(),
    ]);
    const authData = Buffer.concat([this.#authData(rp.id ?? "", AT, deviations), attested]);
    const attestationObject = cborMap(
      [cborText("fmt"), cborText(fmt)],
      [cborText("attStmt"), attStmt],
      [cborText("authData"), cborBytes(authData)],
    );
    return {
      ...this.#identity(),
      response: {
        clientDataJSON: this.#clientData("webauthn.create", challenge, deviations),
        attestationObject: encoded(attestationObject),
        transports: ["internal"],
      },
    };
  }

  /** The answer to `navigator.credentials.get`. */
  get({ challenge, rpId }: { challenge: string; rpId?: string }, deviations: Deviations = {}): PasskeyAnswer {
    if (this.counter > 0) this.counter++;
    const authData = this.#authData(rpId ?? "", 0, deviations);
    const clientDataJSON = this.#clientData("webauthn.get", challenge, deviations);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    const signature = sign("sha256", deviations.forged ? Buffer.alloc(8) : signed, this.#privateKey);
    const userHandle = "userHandle" in deviations ? deviations.userHandle : this.#userHandle;
    return {
      ...this.#identity(),
      response: {
        clientDataJSON,
        authenticatorData: encoded(authData),
        signature: encoded(signature),
        ...(userHandle !== undefined && { userHandle }),
      },
    };
  }

  #identity() {
    const id = this.credentialId;
    return { id, rawId: id, type: "public-key" as const, clientExtensionResults: {} };
  }

  #clientData(
    type: string,
    challenge: string,
    { origin = this.#origin, crossOrigin = false }: Deviations,
  ): string {
    return encoded(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin })));
  }

  #authData(
    rpId: string,
    more: number,
    { rpId: otherRp, verified = true, counter = this.counter, backupEligible = this.#synced }: Deviations,
  ): Buffer {
    const flags = UP | more | (verified ? UV : 0) | (backupEligible ? BE | BS : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(otherRp ?? rpId), Buffer.from([flags]), count]);
  }

  #coseKey(): Buffer {
    const { x = "", y = "" } = this.#publicKey.export({ format: "jwk" });
    return cborMap(
      [cborInt(1), cborInt(2)],
      [cborInt(3), cborInt(-7)],
      [cborInt(-1), cborInt(1)],
      [cborInt(-2), cborBytes(Buffer.from(x, "base64url"))],
      [cborInt(-3), cborBytes(Buffer.from(y, "base64url"))],
    );
  }
}
