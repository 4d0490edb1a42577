import type { Metadata } from "next";
import { ApiForm } from "#components/apis/api-form.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { createApi } from "../actions.ts";

export const metadata: Metadata = { title: "Add an API" };

export default function NewApiPage() {
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: "Admin", href: "/admin" },
          { label: "APIs", href: "/admin/apis" },
        ]}
        title="Add an API"
        facts="It is in the catalogue at once. Keys work there for the projects that enable it."
      />
      <ApiForm save={createApi} />
    </div>
  );
}
