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
  const show = (cited: string) => {
    setShown(cited);
    setOpen(true);
  };
  return (
    <>
      {piecesOf(text).map(({ words, cited }, n) =>
        cited ? (
          // A button of HTML would be a box that breaks the line around it.
          <span
            key={String(n)}
            role="button"
            tabIndex={0}
            className="cited"
            aria-haspopup="dialog"
            title="查看条文"
            onClick={() => {
              show(cited);
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              show(cited);
            }}
          >
            {words}
          </span>
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
