/** How words that may cite the law are shown. The application sets it, for what shows an article may itself fail, and say so in such words. */
import { createContext, type ReactNode } from "react";

export const Citing = createContext<(text: string) => ReactNode>((text) => text);
