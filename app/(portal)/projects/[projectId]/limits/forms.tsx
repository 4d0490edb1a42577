"use client";

import { LimitsForm } from "#components/limits/limits-form.tsx";
import type { Limits } from "#core/limits/types.ts";
import { setCeiling, updateProject } from "../../actions.ts";

interface FormProps {
  projectId: string;
  limits: Limits;
}

export function ProjectLimits({ projectId, limits }: FormProps) {
  return (
    <LimitsForm
      limits={limits}
      name="limits"
      save={(changed) => updateProject({ projectId, limits: changed })}
    />
  );
}

export function ProjectCeiling({ projectId, limits }: FormProps) {
  return <LimitsForm limits={limits} name="ceiling" save={(ceiling) => setCeiling({ projectId, ceiling })} />;
}
