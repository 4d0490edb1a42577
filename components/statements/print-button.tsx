"use client";

import { Button } from "../ui/button.tsx";
import { statementsText as text } from "./text.ts";

/** Opens the browser's print dialog. */
export function PrintButton() {
  return <Button onClick={() => window.print()}>{text.print}</Button>;
}
