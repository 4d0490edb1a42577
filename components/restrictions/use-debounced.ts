"use client";

import { useEffect, useState } from "react";

/** The latest `value` that did not change for `ms`; values with the same `key` are equal. */
export function useDebounced<Value>(value: Value, key: string, ms: number): Value {
  const [settled, setSettled] = useState({ value, key });
  useEffect(() => {
    const timer = setTimeout(() => setSettled((now) => (now.key === key ? now : { value, key })), ms);
    return () => clearTimeout(timer);
  }, [value, key, ms]);
  return settled.value;
}
