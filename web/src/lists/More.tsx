import { Button } from "antd";

import type { List } from "@/lists/lists";

/** Goes on with a list, as long as there is more of it. */
export function More<T>({ list }: { readonly list: List<T> }) {
  if (!list.hasMore) return null;
  return (
    <Button block loading={list.isMore} className="more" onClick={list.more}>
      继续载入
    </Button>
  );
}
