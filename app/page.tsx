import { hintOf } from "#core/tokens.ts";

export default function Page() {
  return <p>{hintOf("lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17")}</p>;
}
