import { webhooksText } from "./text.ts";

/** What a receiver needs: the secret, and the code that verifies the signature. */
export function webhookSnippets(secret: string): { title: string; code: string }[] {
  return [
    { title: ".env", code: `LATCHKEY_WEBHOOK_SECRET=${secret}` },
    {
      title: webhooksText.secret.verify,
      code: [
        'import { Webhook } from "standardwebhooks";',
        "",
        "// Throws unless Latchkey signed it within the last five minutes. `body` is the raw text.",
        "const event = new Webhook(process.env.LATCHKEY_WEBHOOK_SECRET).verify(body, headers);",
      ].join("\n"),
    },
  ];
}
