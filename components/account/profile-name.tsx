"use client";

import type { ActionResult } from "#domain/errors.ts";
import { RenameForm } from "../forms/rename-form.tsx";

interface ProfileNameProps {
  name: string;
  update: (input: { name: string }) => Promise<ActionResult<unknown>>;
}

/** What others call this person. */
export function ProfileName({ name, update }: ProfileNameProps) {
  return (
    <RenameForm
      name={name}
      hint="What others see beside what you do."
      rename={(typed) => update({ name: typed })}
    />
  );
}
