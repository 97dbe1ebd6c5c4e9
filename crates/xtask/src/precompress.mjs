// Writes a .gz and a .br beside every file of a folder that gets smaller by it.
// Not index.html: the server writes into it. Usage: node precompress.mjs <folder>
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const folder = process.argv[2];
const compressible = /\.(?:css|js|wasm|svg|json|txt|webmanifest)$/;

const gz = (bytes) => promisify(gzip)(bytes, { level: 9 });
const br = (bytes) =>
  promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

const compress = async (entry) => {
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const bytes = await readFile(file);
  for (const [ending, compressed] of [
    ["gz", await gz(bytes)],
    ["br", await br(bytes)],
  ]) {
    if (compressed.length < bytes.length) await writeFile(`${file}.${ending}`, compressed);
  }
};

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
await Promise.all(files.map(compress));
