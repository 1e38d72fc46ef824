/** Every page by its address, each but the first loaded when it is opened. */
import { createBrowserRouter, type RouteObject } from "react-router";

import { Loading } from "@/states/states";
import { WorkPage } from "@/pages/work/WorkPage";
import { PageFault } from "@/shell/PageFault";
import { Shell } from "@/shell/Shell";

const pages: RouteObject[] = [
  // The page that everybody begins with comes with the frame.
  { index: true, Component: WorkPage },
  { path: "matters", lazy: async () => ({ Component: (await import("@/pages/matter/MattersPage")).MattersPage }) },
  { path: "matters/:number", lazy: async () => ({ Component: (await import("@/pages/matter/MatterPage")).MatterPage }) },
  { path: "clocks", lazy: async () => ({ Component: (await import("@/pages/matter/ClocksPage")).ClocksPage }) },
  { path: "alerts", lazy: async () => ({ Component: (await import("@/pages/alerts/AlertsPage")).AlertsPage }) },
  { path: "series", lazy: async () => ({ Component: (await import("@/pages/alerts/SeriesPage")).SeriesPage }) },
  { path: "reviews/*", lazy: async () => ({ Component: (await import("@/pages/reviews/ReviewsPage")).ReviewsPage }) },
  { path: "inspections", lazy: async () => ({ Component: (await import("@/pages/inspections/CataloguePage")).CataloguePage }) },
  { path: "boards/*", lazy: async () => ({ Component: (await import("@/pages/boards/BoardsPage")).BoardsPage }) },
  { path: "calculator", lazy: async () => ({ Component: (await import("@/pages/calculator/CalculatorPage")).CalculatorPage }) },
  { path: "intake/*", lazy: async () => ({ Component: (await import("@/pages/intake/IntakePage")).IntakePage }) },
  { path: "window", lazy: async () => ({ Component: (await import("@/pages/counter/WindowPage")).WindowPage }) },
  { path: "moving-in", lazy: async () => ({ Component: (await import("@/pages/moving/MovingPage")).MovingPage }) },
  { path: "appointments", lazy: async () => ({ Component: (await import("@/pages/administration/Appointments")).AppointmentsPage }) },
  { path: "times", lazy: async () => ({ Component: (await import("@/pages/administration/TimesPage")).TimesPage }) },
  { path: "standards", lazy: async () => ({ Component: (await import("@/pages/administration/StandardsPage")).StandardsPage }) },
  { path: "administration/*", lazy: async () => ({ Component: (await import("@/pages/administration/AdministrationPage")).AdministrationPage }) },
  { path: "help", lazy: async () => ({ Component: (await import("@/pages/help/HelpPage")).HelpPage }) },
  { path: "account", lazy: async () => ({ Component: (await import("@/pages/account/AccountPage")).AccountPage }) },
  { path: "*", lazy: async () => ({ Component: (await import("@/shell/NoSuchPage")).NoSuchPage }) },
];

export const router = createBrowserRouter([
  {
    path: "/",
    Component: Shell,
    ErrorBoundary: PageFault,
    HydrateFallback: Loading,
    children: [{ ErrorBoundary: PageFault, children: pages }],
  },
  // The wall shows nothing but the figures.
  {
    path: "/screen",
    ErrorBoundary: PageFault,
    HydrateFallback: Loading,
    lazy: async () => ({ Component: (await import("@/pages/boards/ScreenPage")).ScreenPage }),
  },
]);
