"use client";

import { LimitsTab } from "#components/keys/key-tabs.tsx";
import type { Limits } from "#core/limits/types.ts";
import { updateKey } from "../actions.ts";

interface KeyLimitsFormProps {
  projectId: string;
  keyId: string;
  limits: Limits;
}

export function KeyLimitsForm({ limits, ...ref }: KeyLimitsFormProps) {
  return (
    <LimitsTab limits={limits} name="limits" save={(changed) => updateKey({ ...ref, limits: changed })} />
  );
}
