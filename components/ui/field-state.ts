"use client";

import { createContext } from "react";

/** The errors of a form, by the name of the field that shows them. */
export const FieldErrors = createContext<Record<string, string[]>>({});

/** What a field gives to its control. */
interface ControlState {
  name: string;
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** Null outside of a field. */
export const ControlContext = createContext<ControlState | null>(null);
