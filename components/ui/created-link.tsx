import Link from "next/link";
import type { CreatedCredential } from "#db/tables/audit.ts";

interface Place {
  href: string;
  label: string;
}

/** Where what an unanswered attempt created can be seen and ended. */
function placeOf({ kind, id, projectId }: CreatedCredential): Place {
  switch (kind) {
    case "key":
      return { href: `/projects/${projectId}/keys/${id}`, label: "Open the key to revoke or rotate it" };
    case "managementToken":
      return { href: "/account", label: "Revoke it in your list of management tokens" };
    case "serviceToken":
      return { href: "/admin/service-tokens", label: "Revoke it in the list of service tokens" };
    case "webhook":
      return {
        href: `/projects/${projectId}/webhooks/${id}`,
        label: "Open the webhook to give it a new secret",
      };
    case "invitation":
      return projectId === null
        ? { href: "/admin/users", label: "Invite the person again: the older link ends" }
        : { href: `/projects/${projectId}/members`, label: "Withdraw it, or invite the person again" };
    case "project":
      return { href: `/projects/${projectId}`, label: "Open the project" };
  }
}

/** The way to what an earlier attempt created, whose answer can't be shown any more. */
export function CreatedLink({ created }: { created: CreatedCredential }) {
  const { href, label } = placeOf(created);
  return (
    <Link href={href} className="block font-medium underline">
      {label}
    </Link>
  );
}
