import type { Metadata } from "next";
import { billingExportText } from "#components/billing-export/text.ts";
import { ActionButton } from "#components/forms/action-button.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { listBillingCustomers } from "#domain/billing/export/read.ts";
import type { BillingCustomer } from "#domain/billing/export/schema.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { removeBillingCustomer, setBillingCustomer } from "../../actions.ts";
import { exportOf } from "../export.ts";
import { ExportHeader } from "../header.tsx";

const text = billingExportText.customers;

interface CustomersPageProps {
  params: Promise<{ exportId: string }>;
  searchParams: PageSearch;
}

export async function generateMetadata({ params }: CustomersPageProps): Promise<Metadata> {
  const { name } = await exportOf((await params).exportId);
  return { title: `${billingExportText.tabs.customers} · ${name}` };
}

/** Who is billed for each project. */
export default async function BillingCustomersPage({ params, searchParams }: CustomersPageProps) {
  const { exportId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [subject, { items, nextCursor }] = await Promise.all([
    exportOf(exportId),
    readForPage(listBillingCustomers, { exportId, cursor, limit: 50 }),
  ]);
  return (
    <div className="grid gap-6">
      <ExportHeader subject={subject} tab="customers" />
      <p className="text-sm text-muted">{text.kinds[subject.adapter]}</p>
      <DataTable
        label={billingExportText.tabs.customers}
        rows={items}
        rowKey={({ projectId }) => projectId}
        pagination={{
          noun: text.noun,
          base: `/admin/billing-exports/${exportId}/customers`,
          cursor,
          nextCursor,
        }}
        columns={[
          {
            label: text.columns.project,
            value: ({ projectId, projectName }) => (
              <Link href={`/projects/${projectId}`} className="rounded hover:underline">
                {projectName}
              </Link>
            ),
          },
          { label: text.columns.customer, value: (customer) => <CustomerCell customer={customer} /> },
          {
            label: text.columns.actions,
            hideLabel: true,
            value: (customer) => <CustomerActions exportId={exportId} customer={customer} />,
          },
        ]}
      />
    </div>
  );
}

function CustomerCell({ customer: { customer, assigned } }: { customer: BillingCustomer }) {
  if (customer !== null) return <code className="font-mono text-sm wrap-anywhere">{customer}</code>;
  return <span className="text-muted">{assigned ? text.notBilled : text.unassigned}</span>;
}

interface CustomerActionsProps {
  exportId: string;
  customer: BillingCustomer;
}

function CustomerActions({
  exportId,
  customer: { projectId, projectName, customer, assigned },
}: CustomerActionsProps) {
  const ref = { exportId, projectId };
  return (
    <div className="flex gap-2 sm:justify-end">
      <ConfirmButton
        size="sm"
        label={text.assign.label}
        about={text.assign.about(projectName)}
        title={text.assign.title(projectName)}
        confirm={text.assign.confirm}
        harmless
        fields={
          <Field name="customer" label={text.assign.customer} hint={text.assign.empty} optional>
            <Input mono maxLength={200} autoComplete="off" defaultValue={customer ?? ""} />
          </Field>
        }
        action={setBillingCustomer.bind(null, ref)}
      >
        <p>{text.assign.effect}</p>
      </ConfirmButton>
      {assigned ? (
        <ActionButton
          size="sm"
          about={text.remove(projectName)}
          action={removeBillingCustomer.bind(null, ref)}
        >
          {text.removeLabel}
        </ActionButton>
      ) : null}
    </div>
  );
}
