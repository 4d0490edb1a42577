/** One chunk for both: the secret must not wait for code that may fail to arrive once it is made. */
export { SecretOnce } from "../secret/secret-once.tsx";
export { WebhookForm } from "./webhook-form.tsx";
