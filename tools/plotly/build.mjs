// Plotly with the types of traces that our charts use, and the licences of all that is in it. The same
// packages make the same file.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const TRACES = ["scatter", "sankey"]; // the first is in every bundle
const HERE = new URL("./", import.meta.url);
const OUT = new URL("../../ui/web/plotly/", import.meta.url);

const read = (path) => JSON.parse(readFileSync(new URL(path, HERE), "utf-8"));
const { version } = read("node_modules/plotly.js/package.json");
const others = TRACES.slice(1).map((trace) => `require("plotly.js/lib/${trace}")`);
const entry = `const Plotly = require("plotly.js/lib/core");
Plotly.register([${others}]);
module.exports = Plotly;`;

const { metafile, outputFiles } = await build({
  stdin: { contents: entry, resolveDir: HERE.pathname, sourcefile: "entry.cjs" },
  absWorkingDir: HERE.pathname,
  bundle: true,
  format: "iife",
  globalName: "Plotly",
  minify: true,
  legalComments: "none",
  charset: "utf8",
  target: "es2022",
  alias: { stream: "stream-browserify" },
  define: { global: "window", "define.amd": "false" },
  loader: { ".css": "empty" }, // of maps
  metafile: true,
  write: false,
  outdir: OUT.pathname,
});

const script = outputFiles.find(({ path }) => path.endsWith(".js"));
const head = `/* plotly.js v${version}; traces: ${TRACES.join(", ")}; licences: LICENSE.txt */\n`;
writeFileSync(new URL("plotly.js", OUT), head + script.text);

const packages = new Set(
  Object.keys(metafile.inputs)
    .map((path) => path.match(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[0])
    .filter(Boolean),
);
const licences = [...packages].sort().map((folder) => {
  const { name, version: number, license } = read(`${folder}/package.json`);
  const file = readdirSync(new URL(folder, HERE)).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(new URL(`${folder}/${file}`, HERE), "utf-8").trim() : "";
  return `${name} ${number} (${license})\n\n${text}`;
});
writeFileSync(
  new URL("LICENSE.txt", OUT),
  `${licences.join(`\n\n${"-".repeat(78)}\n\n`).replace(/\r/g, "")}\n`,
);
console.log(`plotly.js ${version}: ${script.contents.length} bytes, ${packages.size} packages`);
