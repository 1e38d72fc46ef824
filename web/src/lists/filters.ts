/** The filters of a list, kept in the address so that a link opens the same list; words that somebody types are not (`sought.ts`). */
import { useSearchParams } from "react-router";

export interface Filters {
  readonly get: (name: string) => string;
  readonly set: (name: string, value: string) => void;
  readonly clear: () => void;
}

export function useFilters(): Filters {
  const [search, setSearch] = useSearchParams();
  return {
    get: (name) => search.get(name) ?? "",
    set: (name, value) => {
      setSearch(
        (before) => {
          if (value) before.set(name, value);
          else before.delete(name);
          return before;
        },
        { replace: true },
      );
    },
    clear: () => {
      setSearch({}, { replace: true });
    },
  };
}
