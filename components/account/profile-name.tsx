"use client";

import type { ActionResult } from "#domain/errors.ts";
import { RenameForm } from "../forms/rename-form.tsx";
import { profileText } from "./profile-text.ts";

interface ProfileNameProps {
  name: string;
  update: (input: { name: string }) => Promise<ActionResult<unknown>>;
}

/** The name of the user. */
export function ProfileName({ name, update }: ProfileNameProps) {
  return <RenameForm name={name} hint={profileText.nameHint} rename={(typed) => update({ name: typed })} />;
}
