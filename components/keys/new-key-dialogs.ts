/** One chunk for both: the secret must not wait for code that may fail to arrive once the key is made. */
export { SecretOnce } from "../secret/secret-once.tsx";
export { NewKeyForm } from "./new-key-form.tsx";
