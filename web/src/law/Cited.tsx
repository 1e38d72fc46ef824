import "@/law/law.css";

import { lazy, Suspense, useState } from "react";

import { inChina } from "@/clocks/instants";
import { piecesOf } from "@/law/citations";

const ArticleDrawer = lazy(() => import("@/law/ArticleDrawer"));

interface Props {
  readonly text: string;
  /** An instant of the day whose text counts; today's where none is given. */
  readonly on?: string | null;
}

/** A text in which every citation opens the words of its article. */
export function Cited({ text, on }: Props) {
  const [shown, setShown] = useState("");
  const [open, setOpen] = useState(false);
  return (
    <>
      {piecesOf(text).map(({ words, cited }, n) =>
        cited ? (
          <button
            key={String(n)}
            type="button"
            className="cited"
            aria-haspopup="dialog"
            title="查看条文"
            onClick={() => {
              setShown(cited);
              setOpen(true);
            }}
          >
            {words}
          </button>
        ) : (
          words
        ),
      )}
      {shown && (
        <Suspense>
          <ArticleDrawer
            cited={shown}
            on={on ? inChina(on).format("YYYY-MM-DD") : ""}
            open={open}
            onClose={() => {
              setOpen(false);
            }}
            onClosed={() => {
              setShown("");
            }}
          />
        </Suspense>
      )}
    </>
  );
}
