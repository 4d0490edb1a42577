import { randomBase62 } from "./tokens.ts";

const KINDS = {
  user: "usr",
  session: "ses",
  project: "prj",
  api: "api",
  key: "key",
  secret: "sec",
  serviceToken: "svt",
  managementToken: "mgt",
  invitation: "inv",
  accountLink: "lnk",
  scimToken: "sct",
  scimGroup: "scg",
  passkey: "pky",
  audit: "aud",
  request: "req",
  verifier: "ver",
  segment: "seg",
  localVerifier: "loc",
  event: "evt",
  webhook: "whk",
  alert: "alr",
  delivery: "dlv",
  sweep: "swp",
  leak: "lek",
  tokenShape: "tsh",
  plan: "pln",
  subscription: "sub",
  billingExport: "bex",
} as const;

/** A new opaque id such as `key_…` with 130 random bits, so that ids can't be guessed. */
export function newId(kind: keyof typeof KINDS): string {
  return `${KINDS[kind]}_${randomBase62(22)}`;
}
