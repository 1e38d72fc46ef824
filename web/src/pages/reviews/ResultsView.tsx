/** Results (评查结果): by unit, and the items on which most was lost; what counts is what nobody can object to any more. */
import { FileWordOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";

import { $api, api } from "@/api/client";
import { save } from "@/api/files";
import type { ReviewResults } from "@/api/shapes";
import { PlainTable } from "@/lists/PlainTable";
import { ExportButton } from "@/pages/boards/ExportButton";
import { checklistWord, gradeWord } from "@/pages/reviews/words";
import { Nothing, Shown } from "@/states/states";

function Taking() {
  const { message } = App.useApp();
  const notice = useMutation({
    mutationFn: () => save(api.GET("/api/review-results/document", { parseAs: "blob" }), "案件评查通报"),
    onError: (error) => void message.error(error.message),
  });
  return (
    <div className="filters">
      <ExportButton ask={() => api.GET("/api/review-results/workbook", { parseAs: "blob" })} name="案件评查结果" />
      <Button
        icon={<FileWordOutlined />}
        loading={notice.isPending}
        onClick={() => {
          notice.mutate();
        }}
      >
        评查通报 Word
      </Button>
    </div>
  );
}

function Leanings({ leanings }: { readonly leanings: ReviewResults["leanings"] }) {
  if (leanings.length === 0) return null;
  return (
    <section className="panel" aria-label="评查尺度">
      <h2>
        评查尺度 <span className="quiet">只对法制员显示，不作评价；至多最近二十卷</span>
      </h2>
      <PlainTable columns={["评查人员", "同卷评查人员", "案卷", "平均分差", "提示"]}>
        {leanings.map((each) => (
          <tr key={`${each.reviewer}/${each.beside}`}>
            <td>{each.reviewer_zh}</td>
            <td>{each.beside_zh || "全部其他人员"}</td>
            <td className="number">{each.files}</td>
            <td className="number">{each.mean}</td>
            <td>{each.notable && <span className="review-mark orange">分差较大</span>}</td>
          </tr>
        ))}
      </PlainTable>
    </section>
  );
}

function Results({ results }: { readonly results: ReviewResults }) {
  if (results.units.length === 0)
    return (
      <>
        <Nothing>近三十一日没有生效的评查结果；反馈三日内可以申请复核，此后才计入。</Nothing>
        <Leanings leanings={results.leanings} />
      </>
    );
  return (
    <>
      <Taking />
      <section className="panel" aria-label="各单位结果">
        <h2>
          各单位结果 <span className="quiet number">{`${results.since} 至 ${results.until}`}</span>
        </h2>
        <PlainTable columns={["单位", "案卷", "均分", "95%区间", "最低", "最高", "等次", "一票否决"]}>
          {results.units.map((each) => (
            <tr key={each.unit}>
              <td>{each.unit_zh}</td>
              <td className="number">{each.files}</td>
              <td className="number">{each.mean}</td>
              <td className="number">{`${String(each.low)}–${String(each.high)}`}</td>
              <td className="number">{each.least}</td>
              <td className="number">{each.most}</td>
              <td>
                {Object.entries(each.grades)
                  .map(([grade, many]) => `${gradeWord(grade)} ${String(many)}`)
                  .join("，")}
              </td>
              <td className="number">{each.vetoed}</td>
            </tr>
          ))}
        </PlainTable>
      </section>
      <section className="panel" aria-label="失分最多的项目">
        <h2>失分最多的项目</h2>
        <PlainTable columns={["评查标准", "项目", "扣分案卷", "共扣分", "上期扣分案卷"]}>
          {results.lost.map((each) => (
            <tr key={`${each.checklist}/${String(each.item)}`}>
              <td>{checklistWord(each.checklist)}</td>
              <td>
                {each.item}. {each.title}
              </td>
              <td className="number">{each.files}</td>
              <td className="number">{each.points}</td>
              <td className="number">{each.before}</td>
            </tr>
          ))}
        </PlainTable>
      </section>
      <Leanings leanings={results.leanings} />
    </>
  );
}

export default function ResultsView() {
  const results = $api.useQuery("get", "/api/review-results");
  return <Shown of={results}>{(told) => <Results results={told} />}</Shown>;
}
