import { isIP } from "node:net";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { CHALLENGE_MS } from "./challenge.ts";
import type { NewPasskeyAnswer, PasskeyAnswer } from "./passkey-schema.ts";

/** Where passkeys work: a browser offers them only to this host, and signs this origin. */
export interface RelyingParty {
  id: string;
  origin: string;
}

/** The relying party of a portal; null if no browser offers passkeys there: without TLS, or with an IP address. */
export function relyingPartyOf(portalUrl: string): RelyingParty | null {
  const { protocol, hostname, origin } = new URL(portalUrl);
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  if (protocol !== "https:" && !isLocal) return null;
  return isIP(hostname.replace(/^\[|\]$/g, "")) === 0 ? { id: hostname, origin } : null;
}

/** Loaded at the first use: with what it imports, it is a third of the modules of most commands. */
const library = () => import("@simplewebauthn/server");
const helpers = () => import("@simplewebauthn/server/helpers");

/** The algorithms that authenticators support in practice: EdDSA, ES256 and RS256 (IANA's COSE registry). */
const ALGORITHMS = [-8, -7, -257];

/** A passkey as a browser finds it. */
export interface PasskeyDescriptor {
  credentialId: string;
  transports: string[];
}

const descriptorsOf = (passkeys: readonly PasskeyDescriptor[]) =>
  passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports }));

interface RegistrationParts {
  rp: RelyingParty;
  /** The name of the portal. */
  portal: string;
  challenge: Uint8Array<ArrayBuffer>;
  user: { id: string; email: string; name: string };
  existing: readonly PasskeyDescriptor[];
}

/** What `navigator.credentials.create` needs. The authenticator must verify its user, and find the passkey itself. */
export async function registrationOptions({
  rp,
  portal,
  challenge,
  user,
  existing,
}: RegistrationParts): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: `${portal} (${rp.id})`,
    rpID: rp.id,
    challenge,
    timeout: CHALLENGE_MS,
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: "none",
    excludeCredentials: descriptorsOf(existing),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** What `navigator.credentials.get` needs. Without `passkeys`, the user chooses among all that the browser knows. */
export async function authenticationOptions(
  rp: RelyingParty,
  challenge: Uint8Array<ArrayBuffer>,
  passkeys: readonly PasskeyDescriptor[] = [],
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: rp.id,
    challenge,
    timeout: CHALLENGE_MS,
    allowCredentials: descriptorsOf(passkeys),
    userVerification: "required",
  });
}

/** A passkey that an authenticator created for this portal. */
export interface NewPasskey {
  credentialId: string;
  publicKey: string;
  counter: number;
  transports: string[];
  backupEligible: boolean;
  backedUp: boolean;
}

/** The passkey in the answer to a registration; null if the answer does not fit. */
export async function verifyRegistration(
  rp: RelyingParty,
  challenge: string,
  answer: NewPasskeyAnswer,
): Promise<NewPasskey | null> {
  const { verifyRegistrationResponse } = await library();
  try {
    if ((await isEmbedded(answer)) || !(await isPlainAttestation(answer))) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return null;
    const { credential, credentialDeviceType, credentialBackedUp } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      transports: answer.response.transports,
      backupEligible: credentialDeviceType === "multiDevice",
      backedUp: credentialBackedUp,
    };
  } catch {
    // The library throws for every answer that does not fit, also for what is no CBOR.
    return null;
  }
}

/**
 * Whether the answer has no certificates. Browsers send none, because none are requested, and to check some the library
 * may call the servers that they name.
 */
async function isPlainAttestation({ response }: NewPasskeyAnswer): Promise<boolean> {
  const { decodeAttestationObject } = await helpers();
  const attestation = decodeAttestationObject(
    new Uint8Array(Buffer.from(response.attestationObject, "base64url")),
  );
  const format = attestation.get("fmt");
  return format === "none" || (format === "packed" && attestation.get("attStmt").get("x5c") === undefined);
}

/** Whether a page of another site had the portal in a frame. */
async function isEmbedded({ response }: NewPasskeyAnswer | PasskeyAnswer): Promise<boolean> {
  const { decodeClientDataJSON } = await helpers();
  return decodeClientDataJSON(response.clientDataJSON).crossOrigin === true;
}

/** A stored passkey, as far as its answers are checked with it. */
export interface KnownPasskey {
  credentialId: string;
  publicKey: string;
  counter: number;
  backupEligible: boolean;
}

/** The authenticator's state with an accepted answer. */
export interface PasskeyState {
  counter: number;
  backedUp: boolean;
}

/**
 * Verifies the signed answer to a challenge. `counter`: the signature is right, but the counter did not increase, so
 * that a copy of the authenticator may exist (WebAuthn, section 6.1.1). `rejected`: anything else does not fit.
 */
export async function verifyAuthentication(
  rp: RelyingParty,
  challenge: string,
  answer: PasskeyAnswer,
  passkey: KnownPasskey,
): Promise<PasskeyState | "counter" | "rejected"> {
  const { verifyAuthenticationResponse } = await library();
  try {
    if (await isEmbedded(answer)) return "rejected";
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
        // The library compares counters before it checks the signature; they are compared below instead.
        counter: 0,
      },
    });
    const { newCounter, credentialDeviceType, credentialBackedUp } = authenticationInfo;
    if (!verified || (credentialDeviceType === "multiDevice") !== passkey.backupEligible) return "rejected";
    if ((newCounter > 0 || passkey.counter > 0) && newCounter <= passkey.counter) return "counter";
    return { counter: newCounter, backedUp: credentialBackedUp };
  } catch {
    return "rejected";
  }
}
