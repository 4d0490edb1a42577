import { ReasonField } from "#components/apis/enable-button.tsx";
import { ActionButton } from "#components/forms/action-button.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { plansText } from "#components/plans/text.ts";
import { Field } from "#components/ui/field.tsx";
import { formatDate } from "#components/ui/format-time.ts";
import { Select } from "#components/ui/input.tsx";
import type { ProjectRole } from "#db/tables/projects.ts";
import type { ProjectApi } from "#domain/catalog/enablement/schema.ts";
import type { Plan, Subscription } from "#domain/plans/schema.ts";
import { cancelPlanChange, changePlan, enableWithPlan } from "../../../../actions.ts";

const text = plansText.choose;
const replaces = ({ plan, startsAt }: NonNullable<Subscription["next"]>) =>
  `This replaces the change to ${plan.name} on ${formatDate(Date.parse(startsAt), "UTC")}.`;

/** Their labels contain the name of the plan. */
const LONG_LABELS =
  "[&_button]:h-auto [&_button]:min-h-9 [&_button]:max-w-full [&_button]:py-1.5 [&_button]:whitespace-normal";

/** What a choice of a plan depends on. */
export interface Choice {
  projectId: string;
  status: ProjectApi["status"];
  role: ProjectRole;
  subscription: Subscription;
  /** An administrator's own choice needs no approval. */
  admin: boolean;
}

interface PlanActionProps {
  choice: Choice;
  plan: Plan;
  isCurrent: boolean;
}

/** The button that puts the project on a plan. */
export function PlanAction({ choice, plan, isCurrent }: PlanActionProps) {
  const { projectId, status, role, subscription, admin } = choice;
  const waits = plan.approval && !admin;
  const { slug, name } = subscription.api;
  if (role === "viewer") return <p className="text-sm text-muted">{text.onlyDevelopers}</p>;
  if (status === "pending") return null;
  if (role !== "owner" && (status === "enabled" || isPriced(plan))) {
    return isCurrent ? null : <p className="text-sm text-muted">{text.onlyOwners}</p>;
  }
  if (status !== "enabled") {
    return (
      <div className={LONG_LABELS}>
        <ConfirmButton
          variant="primary"
          label={waits ? text.request(plan.name) : text.enable(plan.name)}
          title={text.enableTitle(name, plan.name)}
          confirm={text.confirm}
          harmless
          fields={waits ? <ReasonField /> : null}
          action={enableWithPlan.bind(null, { projectId, slug, plan: plan.slug })}
          goTo={`/projects/${projectId}/apis`}
        >
          <p>{waits ? text.effectApproval : text.effectNow}</p>
        </ConfirmButton>
      </div>
    );
  }
  if (isCurrent) return <Keep choice={choice} plan={plan} />;
  const scheduled = subscription.next?.plan.slug === plan.slug ? null : subscription.next;
  return (
    <div className={LONG_LABELS}>
      <ConfirmButton
        variant="primary"
        label={subscription.plan ? text.change(plan.name) : text.choose(plan.name)}
        title={subscription.plan ? text.changeTitle(plan.name) : text.chooseTitle(plan.name)}
        confirm={text.confirm}
        harmless
        fields={subscription.plan ? <WhenField /> : null}
        action={changePlan.bind(null, {
          projectId,
          slug,
          plan: plan.slug,
          replaceScheduled: scheduled !== null,
        })}
      >
        <p>{waits ? text.effectApproval : text.effectNow}</p>
        {scheduled ? <p>{replaces(scheduled)}</p> : null}
        {subscription.override ? <p>{text.termsEnd}</p> : null}
      </ConfirmButton>
    </div>
  );
}

function Keep({ choice: { projectId, subscription }, plan }: { choice: Choice; plan: Plan }) {
  const hasChange = subscription.next !== null || subscription.request?.status === "pending";
  if (!hasChange) return null;
  return (
    <div className={LONG_LABELS}>
      <ActionButton action={cancelPlanChange.bind(null, { projectId, slug: subscription.api.slug })}>
        {text.keep(plan.name)}
      </ActionButton>
    </div>
  );
}

function WhenField() {
  return (
    <Field name="takesEffect" label={text.when}>
      <Select name="takesEffect" defaultValue="now" className="w-full">
        <option value="now">{plansText.takesEffect.now}</option>
        <option value="period-end">{plansText.takesEffect["period-end"]}</option>
      </Select>
    </Field>
  );
}

function isPriced({ price }: Plan): boolean {
  return price !== null && (Number(price.monthly) > 0 || Number(price.perThousand) > 0);
}
