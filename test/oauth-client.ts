import { createLocalJWKSet, jwtVerify } from "jose";
import { expect } from "vitest";
import { type TestVerifier, TOKEN_SETTINGS } from "./test-verifier.ts";

type Fields = Record<string, string | undefined>;

/** A client of the verifier's OAuth endpoints. */
export function oauthClient(verifier: TestVerifier) {
  const post = (path: string, fields: Fields | string, headers: Record<string, string> = {}) => {
    const given = typeof fields === "string" ? fields : new URLSearchParams(defined(fields)).toString();
    return fetch(`${verifier.url}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
      body: given,
    });
  };
  const exchange = (secret: string, more: Fields = {}) =>
    post("/oauth/token", {
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: secret,
      subject_token_type: "urn:latchkey:token-type:api-key",
      audience: "badges",
      ...more,
    });
  return {
    post,
    exchange,
    async tokenFor(secret: string): Promise<string> {
      const response = await exchange(secret);
      expect(response.status).toBe(200);
      return (await response.json()).access_token;
    },
    async publishedKeys() {
      return (await fetch(`${verifier.url}/.well-known/jwks.json`)).json();
    },
    /** What a service reads that knows only the published keys. */
    async verified(token: string) {
      return jwtVerify(token, createLocalJWKSet(await this.publishedKeys()), {
        issuer: TOKEN_SETTINGS.url,
        audience: "badges",
        typ: "at+jwt",
        currentDate: new Date(verifier.clock.now()),
      });
    },
    async introspect(token: string, serviceToken = verifier.token) {
      const response = await post(
        "/oauth/introspect",
        { token },
        { Authorization: `Bearer ${serviceToken}` },
      );
      expect(response.status).toBe(200);
      return response.json();
    },
    async revocations(query = "") {
      const headers = { Authorization: `Bearer ${verifier.token}` };
      const response = await fetch(`${verifier.url}/api/v1/revocations${query}`, { headers });
      expect(response.status).toBe(200);
      return response.json();
    },
  };
}

/** The header of HTTP Basic. */
export function basic(id: string, secret: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}

function defined(fields: Fields): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
