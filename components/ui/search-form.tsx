import { Search } from "lucide-react";
import { Button } from "./button.tsx";
import { QueryForm } from "./query-form.tsx";
import { SearchInput } from "./search-input.tsx";
import { uiText } from "./text.ts";

interface SearchFormProps {
  /** The page that shows the results; its URL contains the query. */
  action: string;
  search: string | undefined;
  /** The fields that are searched: "Name or email". */
  by: string;
}

/** A search field above a list. */
export function SearchForm({ action, search, by }: SearchFormProps) {
  return (
    <QueryForm action={action} className="flex max-w-md gap-2" role="search">
      <SearchInput
        name="search"
        defaultValue={search ?? ""}
        aria-label={uiText.searchBy(by)}
        placeholder={by}
      />
      <Button type="submit">
        <Search aria-hidden />
        {uiText.search}
      </Button>
    </QueryForm>
  );
}
