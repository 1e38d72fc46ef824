/** Help (帮助): what each screen is for, what words mean, and what newcomers ask. */
import "@/pages/help/help.css";

import { useEffect } from "react";
import { Link, useLocation } from "react-router";

import help from "@/pages/help/help.json";
import { usePlaces } from "@/shell/places";
import { anchorOf } from "@/shell/help";

export function HelpPage() {
  const places = usePlaces();
  const { hash } = useLocation();
  // The page comes after the address, so whoever was sent to a part of it is brought there once it is drawn.
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [hash, places.length]);
  const screens = help.screens.filter((each) => places.some((place) => place.to === each.to));
  return (
    <div className="help">
      <h1>帮助</h1>
      <section className="panel" aria-label="各个页面">
        <h2>各个页面</h2>
        {screens.map((each) => (
          <div key={each.to} id={anchorOf(each.to)}>
            <h3>
              <Link to={each.to}>{each.zh}</Link>
            </h3>
            <ul>
              {each.says.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ))}
      </section>
      <section className="panel" aria-label="常见问题">
        <h2>常见问题</h2>
        {help.questions.map((each) => (
          <details key={each.asks}>
            <summary>{each.asks}</summary>
            <p>{each.says}</p>
          </details>
        ))}
      </section>
      <section className="panel" aria-label="用语">
        <h2>用语</h2>
        <dl>
          {help.words.map((each) => (
            <div key={each.zh}>
              <dt>{each.zh}</dt>
              <dd>{each.says}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
