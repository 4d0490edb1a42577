"use client";

import { LimitsForm } from "#components/limits/limits-form.tsx";
import type { Limits } from "#core/limits/types.ts";
import { setCeiling, setLimits } from "./actions.ts";

interface FormProps {
  projectId: string;
  limits: Limits;
}

/** What the project's owners hold it to. */
export function ProjectLimits({ projectId, limits }: FormProps) {
  return (
    <LimitsForm limits={limits} name="limits" save={(wanted) => setLimits({ projectId, limits: wanted })} />
  );
}

/** What administrators hold it to. */
export function ProjectCeiling({ projectId, limits }: FormProps) {
  return (
    <LimitsForm
      limits={limits}
      name="ceiling"
      save={(wanted) => setCeiling({ projectId, ceiling: wanted })}
    />
  );
}
