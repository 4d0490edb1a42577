/** One chunk for both: the token must not wait for code that may fail to arrive once it is made. */
export { SecretOnce } from "../secret/secret-once.tsx";
export { ServiceTokenForm } from "./token-form.tsx";
