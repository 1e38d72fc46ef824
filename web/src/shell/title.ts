/** What the browser's tab is called, so that several can be told apart; how many tasks I have is put before it elsewhere. */
import { useEffect } from "react";

const PRODUCT = "漏刻";

/** Call the tab that, and the product behind it; undefined leaves it to whoever knows. */
export function useTitle(words: string | undefined): void {
  useEffect(() => {
    if (words !== undefined) document.title = words ? `${words} · ${PRODUCT}` : PRODUCT;
  }, [words]);
}
