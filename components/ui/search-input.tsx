"use client";

import type { ComponentProps } from "react";
import { FilterInput } from "./filter.tsx";
import { replaceSecrets } from "./replace-secrets.ts";

/** A search field whose text comes into a URL: a pasted token is replaced by its hint at once. */
export function SearchInput({ onChange, ...rest }: Omit<ComponentProps<"input">, "type">) {
  return (
    <FilterInput
      autoComplete="off"
      spellCheck={false}
      {...rest}
      type="search"
      onChange={(event) => {
        const input = event.currentTarget;
        const safe = replaceSecrets(input.value);
        if (safe !== input.value) input.value = safe;
        onChange?.(event);
      }}
    />
  );
}
