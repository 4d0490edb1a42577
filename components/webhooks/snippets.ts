/** What a receiver needs: the secret in its environment, and how it tells our calls from others'. */
export function webhookSnippets(secret: string): { title: string; code: string }[] {
  return [
    { title: ".env", code: `LATCHKEY_WEBHOOK_SECRET=${secret}` },
    {
      title: "Verify a call (Node, npm i standardwebhooks)",
      code: [
        'import { Webhook } from "standardwebhooks";',
        "",
        "// Throws unless Latchkey signed it, less than five minutes ago. `body` is the raw text.",
        "const event = new Webhook(process.env.LATCHKEY_WEBHOOK_SECRET).verify(body, headers);",
      ].join("\n"),
    },
  ];
}
