import "@/api/first";
import "@/theme/louke.css";

import { createRoot } from "react-dom/client";

import { App } from "@/shell/App";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(<App />);
