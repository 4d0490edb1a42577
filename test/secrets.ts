import { generateToken } from "#core/tokens.ts";

/** Recognizable secrets of settings and of sign-in. */
export const SETTING_SECRETS = {
  authSecret: "authsecret-7d1f9b3a5c-authsecret-7d1f9b3a5c",
  oidcSecret: "oidcsecret-5b7e2d9c4f1a",
  githubSecret: "githubsecret-3c9a8e6b2d7f",
  smtpPassword: "smtppassword-9e4b2c7a1d5f",
  databasePassword: "databasepassword-2f8c6a4e1b9d",
};

/** Recognizable secrets of users and services. */
export const SENT_SECRETS = {
  password: "correct-horse-8a3d6f1c9e-staple",
  cookie: "eyJhbGciOiJkaXIifQ..Y29va2llY29va2ll.c2VjcmV0c2VjcmV0.dGFndGFn",
  managementToken: generateToken("lk", "mgt"),
};

/** The environment of a deployment with all of them. */
export const secretEnv = {
  AUTH_SECRET: SETTING_SECRETS.authSecret,
  LATCHKEY_OIDC_ISSUER: "https://id.example.com",
  LATCHKEY_OIDC_CLIENT_ID: "latchkey",
  LATCHKEY_OIDC_CLIENT_SECRET: SETTING_SECRETS.oidcSecret,
  GITHUB_ID: "latchkey",
  GITHUB_SECRET: SETTING_SECRETS.githubSecret,
  SMTP_URL: `smtp://mailer:${SETTING_SECRETS.smtpPassword}@127.0.0.1:1`,
  MAIL_FROM: "keys@example.com",
};

/** The names of the secrets that a text contains, in whole or in large part. */
export function secretsFoundIn(text: string, secrets: Record<string, string>): string[] {
  return Object.entries(secrets)
    .filter(
      ([, secret]) => text.includes(recognizablePart(secret)) || text.includes(encodeURIComponent(secret)),
    )
    .map(([name]) => name);
}

/** A part that is not in any hint. */
function recognizablePart(secret: string): string {
  return secret.length > 24 ? secret.slice(-24, -6) : secret;
}
