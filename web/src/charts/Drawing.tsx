import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, type EChartsCoreOption, type EChartsType, use as have } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

import type { Colour } from "@/api/shapes";
import { useDark } from "@/theme/theme";

have([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** The colours and the size of letters where the drawing stands. */
export interface Palette {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly surface: string;
  readonly accent: string;
  readonly em: number;
  readonly of: (colour: Colour) => string;
}

export interface DrawingProps {
  /** What it shows, in a sentence for who does not see it. */
  readonly label: string;
  /** In CSS; the drawing fills its width. */
  readonly height: string;
  readonly drawn: (palette: Palette) => EChartsCoreOption;
  readonly onChoose?: (dataIndex: number, seriesId: string) => void;
}

function paletteAt(place: HTMLElement): Palette {
  const style = getComputedStyle(place);
  const named = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: named("--louke-text"),
    quiet: named("--louke-quiet"),
    line: named("--louke-line"),
    surface: named("--louke-surface"),
    accent: named("--louke-accent"),
    em: Number.parseFloat(style.fontSize),
    of: (colour) => named(`--${colour}-mark`),
  };
}

export function Drawing({ label, height, drawn, onChoose }: DrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const latest = useRef({ drawn, onChoose });
  const dark = useDark();
  const draw = useRef(() => {
    if (place.current) chart.current?.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(place.current).fontFamily }, ...latest.current.drawn(paletteAt(place.current)) }, true);
  });
  useEffect(() => {
    const here = place.current;
    if (!here) return;
    const made = init(here, undefined, { renderer: "svg" });
    chart.current = made;
    made.on("click", (event) => latest.current.onChoose?.(event.dataIndex, event.seriesId ?? ""));
    const watching = new ResizeObserver(() => {
      made.resize();
      // Letters grow with the wall.
      draw.current();
    });
    watching.observe(here);
    return () => {
      watching.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    latest.current = { drawn, onChoose };
    draw.current();
  }, [drawn, onChoose, dark]);
  return <div ref={place} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}
