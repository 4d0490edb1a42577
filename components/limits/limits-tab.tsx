"use client";

import dynamic from "next/dynamic";

/** The form, fetched where it is shown; see `key-tabs.tsx`. */
export const LimitsTab = dynamic(() => import("./limits-form.tsx").then((module) => module.LimitsForm));
