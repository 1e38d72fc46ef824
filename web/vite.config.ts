import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// The API serves what is built into this room of its own; a wheel carries it.
const BUILT = fileURLToPath(new URL("../api/pages", import.meta.url));

// Compressed once here, rather than at each request; smaller files do not repay it.
const WORTH_COMPRESSING = 1024;

function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync(BUILT, { recursive: true, encoding: "utf8" })) {
        if (!/\.(js|css|html|svg)$/.test(name)) continue;
        const plain = readFileSync(join(BUILT, name));
        if (plain.length < WORTH_COMPRESSING) continue;
        writeFileSync(join(BUILT, `${name}.gz`), gzipSync(plain, { level: 9 }));
        writeFileSync(join(BUILT, `${name}.br`), brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  resolve: {
    alias: {
      "@rjsf/validator-ajv8": fileURLToPath(new URL("src/forms/validator.ts", import.meta.url)),
      "@": fileURLToPath(new URL("src", import.meta.url)),
    },
  },
  build: {
    outDir: BUILT,
    emptyOutDir: true,
    manifest: true,
    // A data: address would be one more source that the security policy has to allow for scripts and fonts.
    assetsInlineLimit: 0,
    // The chart library is loaded by the pages that draw, and only then.
    chunkSizeWarningLimit: 1500,
    target: "es2022",
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What the first page needs comes in one piece: dozens of small ones wait for one another.
            { name: "frame", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: {
    // While somebody works on the pages; `make up` serves the API.
    proxy: { "/api": "http://127.0.0.1:8000", "/problems": "http://127.0.0.1:8000" },
  },
});
