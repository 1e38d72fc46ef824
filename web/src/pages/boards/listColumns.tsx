/** Columns that the lists behind a board's figures share. */

import type { TableColumnType } from "antd";
import { Link } from "react-router";

interface OfMatter {
  readonly matter: string;
  readonly title: string | null;
}

interface OfOfficer {
  readonly unit_zh: string | null;
  readonly officer: string;
  readonly officer_zh: string | null;
}

/** The matter, by title and number. */
export function matterColumn<T extends OfMatter>(): TableColumnType<T> {
  return {
    title: "警情案件",
    key: "matter",
    render: (_, row) => (
      <>
        <Link to={`/matters/${row.matter}`}>{row.title}</Link>
        <div className="quiet number">{row.matter}</div>
      </>
    ),
  };
}

/** The unit and the officer of the matter. */
export function officerColumn<T extends OfOfficer>(): TableColumnType<T> {
  return {
    title: "单位与民警",
    key: "who",
    responsive: ["md"],
    render: (_, row) => (
      <>
        {row.unit_zh}
        <div className="quiet">{row.officer_zh ?? row.officer}</div>
      </>
    ),
  };
}
