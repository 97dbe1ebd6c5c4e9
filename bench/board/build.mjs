// Builds the peer pages into dist/, each with everything it needs in one file.

import { mkdir, writeFile, copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const pages = { dndkit: "jsx", pragmatic: "jsx", sortable: "js" };

for (const [name, kind] of Object.entries(pages)) {
  const folder = join(here, "dist", name);
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(here, "pages", `${name}.${kind}`)],
    outfile: join(folder, "page.js"),
    bundle: true,
    minify: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  await copyFile(join(here, "pages", "board.css"), join(folder, "board.css"));
  const html = `<!doctype html><meta charset="utf-8"><title>${name}</title>
<link rel="stylesheet" href="board.css"><div id="board"></div>
<script type="module" src="page.js"></script>\n`;
  await writeFile(join(folder, "index.html"), html);
}
