import { Drawer } from "antd";

import { $api, given } from "@/api/client";
import type { ArticleWorded } from "@/api/shapes";
import { Nothing, Shown } from "@/states/states";

interface Props {
  readonly cited: string;
  /** The day whose text counts, or nothing for today's. */
  readonly on: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onClosed: () => void;
}

type Line = ArticleWorded["lines"][number];

function classOf(line: Line, partly: boolean): string {
  return ["article-line", line.item > 0 && "article-item", partly && line.cited && "article-meant"].filter(Boolean).join(" ");
}

function Published({ article }: { readonly article: ArticleWorded }) {
  if (!article.link) return null;
  return (
    <a href={article.link} target="_blank" rel="noreferrer">
      发布机关的网站
    </a>
  );
}

function Article({ article }: { readonly article: ArticleWorded }) {
  const { text, lines, headings } = article;
  if (!text) {
    return (
      <Nothing action={<Published article={article} />}>
        本系统未收录《{article.instrument}》全文{article.link ? "，请查阅发布机关公布的文本" : ""}
      </Nothing>
    );
  }
  const partly = lines.some((each) => !each.cited);
  return (
    <article className="article">
      <p className="quiet">{headings.join(" · ")}</p>
      {lines.map((line) => (
        <p key={line.words} className={classOf(line, partly)}>
          {partly && line.cited && <span className="unseen">所引条款：</span>}
          {line.words}
        </p>
      ))}
      <footer className="quiet">
        {text.title}，{text.adopted}，自 <span className="number">{text.in_force}</span> 起施行。以公布的文本为准：
        <Published article={article} />
      </footer>
    </article>
  );
}

// The texts change with a release.
const LONG_MS = 3600_000;

/** The words of an article, beside whatever cites it. */
export default function ArticleDrawer({ cited, on, open, onClose, onClosed }: Props) {
  const found = $api.useQuery("get", "/api/law/articles", { params: { query: { cited, ...given({ on }) } } }, { staleTime: LONG_MS });
  return (
    <Drawer
      open={open}
      title={cited}
      size="min(480px, 100vw)"
      onClose={onClose}
      afterOpenChange={(isOpen) => {
        if (!isOpen) onClosed();
      }}
    >
      <Shown of={found} rows={4}>
        {(articles) => articles.map((each) => <Article key={each.cited} article={each} />)}
      </Shown>
    </Drawer>
  );
}
