/** What one list of the board of today is about, how many there are, and where the rest is. */
import { Link } from "react-router";

export interface Heading {
  readonly title: string;
  readonly count: number;
  readonly sign: string;
  readonly tone: string;
  readonly more: string;
  readonly moreWords?: string;
}

export function WatchHead({ heading }: { readonly heading: Heading }) {
  return (
    <h2 className="watch-head">
      <span className={`watch-count number tone-${heading.count > 0 ? heading.tone : "none"}`}>
        <span aria-hidden="true">{heading.sign}</span> {heading.count}
      </span>
      <span>{heading.title}</span>
      <Link to={heading.more}>{heading.moreWords ?? "全部"}</Link>
    </h2>
  );
}
