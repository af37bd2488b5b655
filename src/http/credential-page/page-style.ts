import { createHash } from "node:crypto";

/** The page's only style. It is in the page itself, and the policy names it by its digest: nothing is loaded from anywhere. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1d1c1d;--soft:#5a5a60;--paper:#fff;--ground:#f2f3f5;--line:#8a8d93;--deed:#0b5a8f;--on-deed:#fff;--alarm:#a3180d}
@media (prefers-color-scheme:dark){:root{--ink:#f2f2f3;--soft:#b9bbc2;--paper:#1f2126;--ground:#131418;--line:#7c8089;--deed:#8cc8f5;--on-deed:#0d1a24;--alarm:#ff9d92}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:38rem;margin:0 auto;padding:2rem 1.25rem;background:var(--paper);min-height:100vh}
@media (min-width:42rem){main{margin:3rem auto;padding:2.25rem 2.5rem;min-height:0;border-radius:.75rem;border:1px solid color-mix(in srgb,var(--line) 45%,transparent)}}
.of{margin:0 0 1.25rem;color:var(--soft);font-size:.875rem;letter-spacing:.02em}
h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25}
p{margin:0 0 1rem;overflow-wrap:anywhere}
.soft{color:var(--soft)}
.code{display:block;margin:1.25rem 0;font:600 2.5rem/1.2 ui-monospace,SFMono-Regular,Menlo,monospace;letter-spacing:.12em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:0 0 1.5rem;padding:1rem 0;border-block:1px solid color-mix(in srgb,var(--line) 45%,transparent)}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
label{display:block;margin:1.25rem 0 .25rem;font-weight:600}
.hint{margin:0 0 .4rem;color:var(--soft);font-size:.9rem}
input,textarea{width:100%;padding:.6rem .7rem;border:1px solid var(--line);border-radius:.4rem;background:var(--paper);color:inherit;font:inherit}
textarea{min-height:12rem;font:.85rem/1.45 ui-monospace,SFMono-Regular,Menlo,monospace;resize:vertical}
button{display:inline-block;margin:1.5rem 0 0;padding:.7rem 1.4rem;border:0;border-radius:.4rem;background:var(--deed);color:var(--on-deed);font:inherit;font-weight:600;cursor:pointer}
a{color:var(--deed)}
:focus-visible{outline:3px solid var(--deed);outline-offset:2px}
.alarm{margin:0 0 1.25rem;padding:.75rem 1rem;border-inline-start:4px solid var(--alarm)}
.alarm h2{margin:0 0 .25rem;font-size:1rem;color:var(--alarm)}.alarm p{margin:0 0 .35rem}
`;

const digest = createHash("sha256").update(PAGE_STYLE).digest("base64");

/** Nothing runs, nothing is loaded, nothing frames the page, and a form goes nowhere but to the page itself. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${digest}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
