import { provisioningText } from "#components/provisioning/text.ts";
import { Card, Section } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy.tsx";

const { endpoint: text } = provisioningText;

interface ProviderUrlsProps {
  portalUrl: string;
  providers: readonly { id: string; name: string }[];
}

/** The URLs to enter at the identity provider. */
export function ProviderUrls({ portalUrl, providers }: ProviderUrlsProps) {
  const urls = [
    { label: text.url, url: `${portalUrl}/scim/v2` },
    ...providers.flatMap(({ id, name }) => [
      { label: text.callback(name), url: `${portalUrl}/api/auth/callback/${id}` },
      { label: text.logout(name), url: `${portalUrl}/api/auth/backchannel-logout/${id}` },
    ]),
  ];
  return (
    <Section title={text.title} description={text.description}>
      <Card>
        <dl className="grid gap-3">
          {urls.map(({ label, url }) => (
            <div key={url}>
              <dt className="text-sm text-muted">{label}</dt>
              <dd className="flex items-center gap-2">
                <code className="font-mono text-sm wrap-anywhere">{url}</code>
                <CopyButton text={url} label={text.copy(label)} iconOnly />
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </Section>
  );
}
