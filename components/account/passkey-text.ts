/** What the browser's part of passkeys says. Apart from other texts, because the sign-in page needs it too. */
export const passkeyText = {
  notUsed: "No passkey was used. Try again, or use another way.",
  notCreated: "No passkey was created. Try again.",
  exists: "This device or password manager already has a passkey for your account.",
  unsupported:
    "This device can't store a passkey that asks for your fingerprint, face or PIN. Use another device.",
  wrongHost: (host: string) => `Passkeys work only at ${host}.`,
  notLoaded: "A part of this page could not be loaded. Try again.",
};
