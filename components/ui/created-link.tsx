import type { CreatedCredential } from "#db/tables/audit.ts";
import { Link } from "./link.tsx";
import { uiText } from "./text.ts";

interface Place {
  href: string;
  label: string;
}

/** The page on which an item that an unanswered attempt created can be revoked. */
function placeOf({ kind, id, projectId }: CreatedCredential): Place {
  switch (kind) {
    case "key":
      return { href: `/projects/${projectId}/keys/${id}`, label: uiText.created.key };
    case "managementToken":
      return projectId === null
        ? { href: "/account#tokens", label: uiText.created.managementToken }
        : { href: `/projects/${projectId}/tokens`, label: uiText.created.projectToken };
    case "serviceToken":
      return { href: "/admin/service-tokens", label: uiText.created.serviceToken };
    case "scimToken":
      return { href: "/admin/provisioning", label: uiText.created.scimToken };
    case "webhook":
      return {
        href: `/projects/${projectId}/webhooks/${id}`,
        label: uiText.created.webhook,
      };
    case "invitation":
      return projectId === null
        ? { href: "/admin/users", label: uiText.created.siteInvitation }
        : { href: `/projects/${projectId}/members`, label: uiText.created.projectInvitation };
    case "project":
      return { href: `/projects/${projectId}`, label: uiText.created.project };
  }
}

/** Links to the item that an earlier attempt created and whose secret can't be shown any more. */
export function CreatedLink({ created }: { created: CreatedCredential }) {
  const { href, label } = placeOf(created);
  return (
    <Link href={href} className="block font-medium underline">
      {label}
    </Link>
  );
}
