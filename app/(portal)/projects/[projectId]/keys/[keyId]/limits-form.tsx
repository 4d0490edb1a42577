"use client";

import { LimitsTab } from "#components/limits/limits-tab.tsx";
import type { Limits } from "#core/limits/types.ts";
import { updateKey } from "../actions.ts";

interface KeyLimitsFormProps {
  projectId: string;
  keyId: string;
  limits: Limits;
}

export function KeyLimitsForm({ limits, ...ref }: KeyLimitsFormProps) {
  return <LimitsTab limits={limits} name="limits" save={(wanted) => updateKey({ ...ref, limits: wanted })} />;
}
