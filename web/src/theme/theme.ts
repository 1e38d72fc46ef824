/** Light, dark, or as the machine is set: the choice, and Ant Design's tokens for each. */
import { theme, type ThemeConfig } from "antd";
import { useSyncExternalStore } from "react";

export type ThemeChoice = "light" | "dark" | "automatic";

const KEY = "louke.theme";
const CHOICES: readonly ThemeChoice[] = ["light", "dark", "automatic"];
const machine = window.matchMedia("(prefers-color-scheme: dark)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const listeners = new Set<() => void>();
let choice: ThemeChoice = CHOICES.find((each) => each === localStorage.getItem(KEY)) ?? "automatic";
let dark = false;

// Everything has taken its new colours by then, also on a slow machine.
const TURNING_MS = 800;
let turning: number | undefined;

/** Colours change at once while the theme turns: hundreds of them fading would hold up the page. */
function withoutFading(): void {
  document.documentElement.dataset["turning"] = "";
  window.clearTimeout(turning);
  turning = window.setTimeout(() => {
    delete document.documentElement.dataset["turning"];
  }, TURNING_MS);
}

function tellAll(): void {
  for (const tell of listeners) tell();
}

function turn(): void {
  withoutFading();
  dark = choice === "dark" || (choice === "automatic" && machine.matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  tellAll();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

machine.addEventListener("change", turn);
turn();

/** What was pressed shows it in the next frame; the whole page, which is a longer piece of work, turns in the one after. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  localStorage.setItem(KEY, next);
  tellAll();
  requestAnimationFrame(() => setTimeout(turn));
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => choice);
}

export function useDark(): boolean {
  return useSyncExternalStore(subscribe, () => dark);
}

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

/** Every quiet grey is dark enough (light enough at night) to be read: WCAG 2.2 AA. */
export function themeOf(dark: boolean): ThemeConfig {
  const ink = dark ? "255,255,255" : "0,0,0";
  return {
    // Every rule is written once for both themes; each has its own variables, so that neither overlays the other.
    cssVar: { key: dark ? "louke-night" : "louke-day" },
    hashed: false,
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: FONT,
      colorPrimary: dark ? "#2f74cf" : "#1554a6",
      colorPrimaryHover: dark ? "#2563b4" : "#0f4488",
      colorLink: dark ? "#8bbcff" : "#1554a6",
      colorLinkHover: dark ? "#b3d4ff" : "#0b3d7d",
      colorError: dark ? "#ff8f8f" : "#b3151d",
      colorSuccess: dark ? "#6fd08c" : "#1b6b36",
      // What is made of these by itself is too dark by day to be calm.
      colorSuccessBg: dark ? "#16291d" : "#e8f5ec",
      colorSuccessBorder: dark ? "#2c5a3c" : "#a9d8b8",
      colorBgContainer: dark ? "#182029" : "#ffffff",
      colorBgElevated: dark ? "#1d2731" : "#ffffff",
      colorBgLayout: dark ? "#10151b" : "#f3f5f8",
      colorBorder: dark ? "#5b6877" : "#8a94a0",
      colorBorderSecondary: dark ? "#313c48" : "#d9dee5",
      colorTextSecondary: `rgba(${ink},0.72)`,
      colorTextTertiary: `rgba(${ink},0.65)`,
      colorTextQuaternary: `rgba(${ink},0.6)`,
      colorTextPlaceholder: `rgba(${ink},0.6)`,
      colorTextDescription: `rgba(${ink},0.68)`,
      // Not by a rule on every transition: lists that open are measured while they would still be on their way.
      motion: !still.matches,
      borderRadius: 6,
      wireframe: false,
    },
    components: {
      Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 8 },
      Tabs: { itemSelectedColor: dark ? "#8bbcff" : "#1554a6", inkBarColor: dark ? "#8bbcff" : "#1554a6", itemHoverColor: dark ? "#b3d4ff" : "#0b3d7d" },
      Button: { primaryShadow: "none", defaultShadow: "none" },
    },
  };
}
