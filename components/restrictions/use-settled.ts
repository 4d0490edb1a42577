"use client";

import { useEffect, useState } from "react";

/** What `value` was when it last stood still for `ms`; `key` tells whether it is another. */
export function useDebounced<Value>(value: Value, key: string, ms: number): Value {
  const [settled, setSettled] = useState({ value, key });
  useEffect(() => {
    const timer = setTimeout(() => setSettled((now) => (now.key === key ? now : { value, key })), ms);
    return () => clearTimeout(timer);
  }, [value, key, ms]);
  return settled.value;
}
