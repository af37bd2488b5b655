import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";

const here = new URL("./", import.meta.url);

/** Bare specifiers of the page's modules, as addresses of this server, and the files of `node_modules` behind them. */
const packages = {
  preact: { address: "/modules/preact.mjs", file: fileURLToPath(import.meta.resolve("preact")) },
  "preact/hooks": { address: "/modules/preact-hooks.mjs", file: fileURLToPath(import.meta.resolve("preact/hooks")) },
  htm: { address: "/modules/htm.mjs", file: fileURLToPath(import.meta.resolve("htm")) },
};

const importMap = JSON.stringify({
  imports: Object.fromEntries(Object.entries(packages).map(([name, { address }]) => [name, address])),
});

const styles = ["tokens", "layout", "messages", "blocks", "forms", "tenant", "sailpoint"];

/** The page. Its only inline script is the import map, which the policy names by its hash. */
const indexHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Portcullis sandbox</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${styles.map((name) => `<link rel="stylesheet" href="/styles/${name}.css">`).join("\n")}
<script type="importmap">${importMap}</script>
<script type="module" src="/browser/main.ts"></script>
</head>
<body><div id="page"></div><noscript>The sandbox page needs JavaScript.</noscript></body>
</html>
`;

export const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash("sha256").update(importMap).digest("base64")}'`,
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export interface Asset {
  readonly type: string;
  readonly body: string;
}

const readOwn = (path: string) => readFile(new URL(path, here), "utf8");

/**
 * A file of the page by its address: its TypeScript with the types stripped, its styles, and the three libraries.
 * Only names made of lower-case words reach the file system, so no address climbs out of the folder.
 */
export async function pageAsset(path: string): Promise<Asset | null> {
  if (path === "/") return { type: "text/html; charset=utf-8", body: indexHtml };
  if (path === "/icon.svg") return { type: "image/svg+xml", body: await readOwn("icon.svg") };
  const library = Object.values(packages).find(({ address }) => address === path);
  if (library) return { type: "text/javascript; charset=utf-8", body: await readFile(library.file, "utf8") };
  try {
    if (/^\/styles\/[a-z-]+\.css$/.test(path)) return { type: "text/css; charset=utf-8", body: await readOwn(`.${path}`) };
    if (/^\/browser(\/[a-z-]+)+\.ts$/.test(path)) {
      return { type: "text/javascript; charset=utf-8", body: stripTypeScriptTypes(await readOwn(`.${path}`), { mode: "strip" }) };
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  return null;
}
