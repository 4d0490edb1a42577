import { Search } from "lucide-react";
import Form from "next/form";
import { Button } from "./button.tsx";
import { Input } from "./input.tsx";

interface SearchFormProps {
  /** The page that lists what is found; the address keeps what was searched for. */
  action: string;
  search: string | undefined;
  /** By what it searches: "Name or e-mail". */
  by: string;
}

/** A field over a list, which looks for what is typed when it is sent. */
export function SearchForm({ action, search, by }: SearchFormProps) {
  return (
    <Form action={action} className="flex max-w-md gap-2" role="search">
      <Input
        name="search"
        type="search"
        defaultValue={search ?? ""}
        aria-label={`Search by ${by.charAt(0).toLowerCase()}${by.slice(1)}`}
        placeholder={by}
      />
      <Button type="submit">
        <Search aria-hidden />
        Search
      </Button>
    </Form>
  );
}
