/** Serves the built interface under our own scheme, with the headers that fence it in. */
import { readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { Protocol } from "electron";
import { isOwnPage, SCHEME } from "./origin.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** Nothing from elsewhere, nothing inline. A worker is fenced by the headers of its own script. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Compiling WebAssembly is allowed where the solver runs, and nowhere else. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Headers of a file; the loopback server of cli/serve.mjs sends the same ones, which a test compares. */
export function headersOf(path: string): Record<string, string> {
  const worker = /(^|[/\\])[^/\\]*worker[^/\\]*\.js$/i.test(path);
  return {
    "content-type": TYPES[extname(path)] ?? "application/octet-stream",
    "content-security-policy": worker ? WORKER_POLICY : PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  };
}

/** The file behind an address, or null when it would lie outside the folder. */
export function fileOf(folder: string, address: string): string | null {
  if (!isOwnPage(address)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (path.includes("\0") || path.includes("\\")) return null;
  const file = join(folder, path === "/" ? "index.html" : path);
  return file.startsWith(folder + sep) ? file : null;
}

/** Answers a request of the page. */
export async function respond(
  folder: string,
  { url, method }: Pick<Request, "url" | "method">,
): Promise<Response> {
  const file = method === "GET" || method === "HEAD" ? fileOf(folder, url) : null;
  const content = file === null ? null : await readFile(file).catch(() => null);
  if (file === null || content === null)
    return new Response("404", { status: 404, headers: headersOf("404.txt") });
  return new Response(method === "HEAD" ? null : new Uint8Array(content), { headers: headersOf(file) });
}

/** Must be called before the program is ready: afterwards the scheme would have no origin of its own. */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function serveApp(protocol: Protocol, folder: string): void {
  protocol.handle(SCHEME, (request) => respond(folder, request));
}
