/** One chunk for all: the secret must not wait for code that may fail to arrive once it is made. */
export { SecretOnce } from "../secret/secret-once.tsx";
export { LeakedForm } from "./leaked-form.tsx";
export { RotateForm } from "./rotate-form.tsx";
