import type { CreatedCredential } from "#db/tables/audit.ts";
import { createdText } from "./created-text.ts";
import { Link } from "./link.tsx";

interface PageLink {
  href: string;
  label: string;
}

/** The page on which an item that an unanswered attempt created can be revoked. */
function pageOf({ kind, id, projectId }: CreatedCredential): PageLink {
  switch (kind) {
    case "key":
      return { href: `/projects/${projectId}/keys/${id}`, label: createdText.key };
    case "managementToken":
      return projectId === null
        ? { href: "/account#tokens", label: createdText.managementToken }
        : { href: `/projects/${projectId}/tokens`, label: createdText.projectToken };
    case "serviceToken":
      return { href: "/admin/service-tokens", label: createdText.serviceToken };
    case "scimToken":
      return { href: "/admin/provisioning", label: createdText.scimToken };
    case "webhook":
      return {
        href: `/projects/${projectId}/webhooks/${id}`,
        label: createdText.webhook,
      };
    case "invitation":
      return projectId === null
        ? { href: "/admin/users", label: createdText.siteInvitation }
        : { href: `/projects/${projectId}/members`, label: createdText.projectInvitation };
    case "project":
      return { href: `/projects/${projectId}`, label: createdText.project };
  }
}

/** Links to the item that an earlier attempt created and whose secret can't be shown anymore. */
export function CreatedLink({ created }: { created: CreatedCredential }) {
  const { href, label } = pageOf(created);
  return (
    <Link href={href} className="block font-medium underline">
      {label}
    </Link>
  );
}
